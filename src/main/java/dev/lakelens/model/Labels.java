package dev.lakelens.model;

import java.util.List;

/**
 * Class names, by class id from 0.
 *
 * @param names one for each logit
 */
public record Labels(List<String> names) {
  public Labels {
    names = List.copyOf(names);
  }

  /** The name of a class. */
  public String name(int id) {
    return names.get(id);
  }

  public int size() {
    return names.size();
  }
}

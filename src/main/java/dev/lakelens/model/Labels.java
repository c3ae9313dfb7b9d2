package dev.lakelens.model;

import java.io.Serializable;
import java.util.List;

/**
 * Class names, by class id from 0.
 *
 * @param names one for each logit
 */
public record Labels(List<String> names) implements Serializable {
  /** Of a model without a head. */
  public static final Labels NONE = new Labels(List.of());

  /** Of ImageNet-1k, which nearly all public checkpoints were trained on. */
  public static final int IMAGENET_CLASSES = 1000;

  public Labels {
    names = List.copyOf(names);
  }

  /** Reads one name a line; the line's number, from 0, is the class id. */
  public static Labels parse(String text) {
    return new Labels(text.lines().toList());
  }

  /** The name of a class. */
  public String name(int id) {
    return names.get(id);
  }

  public int size() {
    return names.size();
  }

  /** SHA-256, in hex, of the names in UTF-8, each with a line feed behind it. */
  public String digest() {
    Digest digest = new Digest();
    names.forEach(name -> digest.add(name).add("\n"));
    return digest.hex();
  }
}

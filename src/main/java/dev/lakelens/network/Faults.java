package dev.lakelens.network;

import java.util.List;

/** What is wrong with a set of tensors, in a sentence that people can read. */
public final class Faults {
  private static final int LISTED = 20;

  private Faults() {}

  /** The first faults, and how many more there are. */
  public static String listing(List<String> faults) {
    String first = String.join("; ", faults.subList(0, Math.min(LISTED, faults.size())));
    int more = faults.size() - LISTED;
    return more > 0 ? "%s; and %d more".formatted(first, more) : first;
  }
}

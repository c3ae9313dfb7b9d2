package dev.lakelens.model;

import java.util.Locale;

/** Numbers with what is counted, in the singular or the plural. */
public final class Counted {
  private Counted() {}

  /** Such as "1 image" or "1,000 images". */
  public static String of(long number, String one) {
    return of(number, one, one + "s");
  }

  /** Such as "1 class" or "2 classes". */
  public static String of(long number, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
  }

  /** Classes of a model. */
  public static String classes(long number) {
    return of(number, "class", "classes");
  }
}

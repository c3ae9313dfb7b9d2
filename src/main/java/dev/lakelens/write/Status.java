package dev.lakelens.write;

import java.util.Locale;

/** What became of an image. */
public enum Status {
  /** It has an embedding, and labels where the model has any. */
  OK,
  /** It has a reason instead. */
  REJECTED;

  /** The value of the column {@code status}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}

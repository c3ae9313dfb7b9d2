package dev.lakelens.image;

import java.util.Locale;

/** The rooms that can reject an image, in the order in which data walks through them. */
public enum Stage {
  READ,
  DECODE,
  INFER;

  /** The value of {@code reject.stage}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}

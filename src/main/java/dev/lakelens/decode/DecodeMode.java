package dev.lakelens.decode;

import java.util.Locale;

/** How much of an image is decoded. */
public enum DecodeMode {
  /** Every pixel, equal to Pillow's. */
  EXACT,
  /** A large JPEG at a half, a quarter or an eighth of its size, as its decoder can scale. */
  FAST;

  /** The value of {@code --decode}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}

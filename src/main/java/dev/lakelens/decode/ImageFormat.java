package dev.lakelens.decode;

import java.util.Locale;

/** The formats that are decoded. */
public enum ImageFormat {
  JPEG,
  PNG,
  WEBP,
  GIF,
  BMP,
  TIFF;

  /** The value of the column {@code format}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}

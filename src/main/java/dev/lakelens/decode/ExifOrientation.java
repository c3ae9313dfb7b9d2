package dev.lakelens.decode;

import java.util.Locale;

/** What becomes of the orientation that a camera notes in Exif. */
public enum ExifOrientation {
  /** Pixels stay as they are stored, as in training. */
  IGNORE,
  /** Pixels are turned as Pillow's {@code ImageOps.exif_transpose} turns them. */
  APPLY;

  /** The value of {@code --exif-orientation}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}

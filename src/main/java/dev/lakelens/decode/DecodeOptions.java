package dev.lakelens.decode;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Limits and policies of decoding.
 *
 * @param maxPixels width times height above which an image is rejected before any allocation
 * @param exifOrientation what becomes of the orientation in Exif
 * @param mode how much of an image is decoded
 */
public record DecodeOptions(long maxPixels, ExifOrientation exifOrientation, DecodeMode mode)
    implements Serializable {

  /** Pillow's limit: 256 MB of RGB. */
  public static final long DEFAULT_MAX_PIXELS = 89_478_485;

  /** The largest image whose three channels fit into one array. */
  private static final long LARGEST = (Integer.MAX_VALUE - 8) / 3;

  public static final DecodeOptions DEFAULTS =
      new DecodeOptions(DEFAULT_MAX_PIXELS, ExifOrientation.IGNORE, DecodeMode.EXACT);

  public DecodeOptions {
    requireNonNull(exifOrientation, "exifOrientation is null");
    requireNonNull(mode, "mode is null");
    if (maxPixels < 1 || maxPixels > LARGEST) {
      throw new IllegalArgumentException(
          "--max-pixels must be 1 to %d, and is %d".formatted(LARGEST, maxPixels));
    }
  }
}

package dev.lakelens.decode;

import dev.lakelens.image.RejectedException;

/**
 * How a camera was held, as Exif's orientation numbers it.
 *
 * @param number 1 to 8; 1 is upright
 */
record Orientation(int number) {
  private static final Orientation UPRIGHT = new Orientation(1);

  /**
   * The orientation that a file notes; upright where it notes none, or nothing that can be read.
   */
  static Orientation of(ImageFormat format, byte[] encoded) {
    try {
      int exif = exif(format, encoded);
      long number =
          exif < 0
              ? 1
              : TiffDirectory.first(encoded, exif).value(TiffDirectory.ORIENTATION).orElse(1L);
      return number >= 1 && number <= 8 ? new Orientation((int) number) : UPRIGHT;
    } catch (RejectedException e) {
      return UPRIGHT; // Exif data that end early say nothing about the pixels
    }
  }

  /** Offset of the TIFF data that hold the Exif tags, or -1. */
  private static int exif(ImageFormat format, byte[] encoded) throws RejectedException {
    return switch (format) {
      case JPEG -> JpegFrame.read(encoded).exif();
      case TIFF -> 0;
      case PNG -> PngChunks.find(new ByteReader(encoded), "eXIf");
      case WEBP -> webpChunk(new ByteReader(encoded).littleEndian());
      case GIF, BMP -> -1;
    };
  }

  private static int webpChunk(ByteReader in) throws RejectedException {
    for (long at = 12; at + 8 <= in.length(); ) {
      if (in.matches(at, "EXIF")) {
        return (int) at + (in.matches(at + 8, "Exif\0\0") ? 14 : 8);
      }
      long size = in.unsignedInt(at + 4);
      at += 8 + size + (size & 1);
    }
    return -1;
  }

  /** Turns pixels upright; upright ones are returned as they are. */
  Pixels apply(Pixels pixels) {
    if (number == 1) {
      return pixels;
    }
    boolean transposed = number >= 5;
    int width = transposed ? pixels.height() : pixels.width();
    int height = transposed ? pixels.width() : pixels.height();
    byte[] data = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        System.arraycopy(pixels.data(), 3 * source(x, y, pixels), data, 3 * (y * width + x), 3);
      }
    }
    return new Pixels(width, height, pixels.order(), data);
  }

  /** Index of the stored pixel that is seen at (x, y). */
  private int source(int x, int y, Pixels stored) {
    int right = stored.width() - 1;
    int bottom = stored.height() - 1;
    return switch (number) {
      case 2 -> y * stored.width() + right - x;
      case 3 -> (bottom - y) * stored.width() + right - x;
      case 4 -> (bottom - y) * stored.width() + x;
      case 5 -> x * stored.width() + y;
      case 6 -> (bottom - x) * stored.width() + y;
      case 7 -> (bottom - x) * stored.width() + right - y;
      case 8 -> x * stored.width() + right - y;
      default -> y * stored.width() + x;
    };
  }
}

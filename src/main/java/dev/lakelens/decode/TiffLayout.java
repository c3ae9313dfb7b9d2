package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.util.Set;

/**
 * How the samples of a TIFF stand for colour, once it is known to be a kind that is decoded.
 *
 * @param photometric one of the constants below
 * @param bits a sample
 * @param samples a pixel, extra ones included
 * @param premultiplied whether the first extra sample is alpha that the colours are multiplied with
 */
record TiffLayout(int photometric, int bits, int samples, boolean premultiplied) {
  static final int WHITE_IS_ZERO = 0;
  static final int BLACK_IS_ZERO = 1;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int CMYK = 5;
  static final int YCC = 6;

  private static final int JPEG = 7;
  // None, CCITT (three), LZW, JPEG, deflate (two), PackBits.
  private static final Set<Long> COMPRESSIONS = Set.of(1L, 2L, 3L, 4L, 5L, 7L, 8L, 32946L, 32773L);
  private static final int PREMULTIPLIED = 1;
  private static final int MOST_EXTRA_SAMPLES = 3;

  /**
   * Reads the layout, and checks what a reader would allocate or miss.
   *
   * @throws RejectedException {@code UNSUPPORTED_FORMAT}; {@code TRUNCATED} where strips or tiles
   *     reach past the end of the file; {@code CORRUPT}
   */
  static TiffLayout read(TiffDirectory directory, ImageHeader image) throws RejectedException {
    long compression = directory.number(TiffDirectory.COMPRESSION, 1);
    TiffLayout layout =
        new TiffLayout(
            (int) directory.number(TiffDirectory.PHOTOMETRIC, WHITE_IS_ZERO),
            (int) directory.number(TiffDirectory.BITS, 1),
            (int) Math.min(directory.number(TiffDirectory.SAMPLES, 1), Integer.MAX_VALUE),
            directory.number(TiffDirectory.EXTRA_SAMPLES, 0) == PREMULTIPLIED);
    boolean supported =
        COMPRESSIONS.contains(compression)
            && layout.isSupported(compression == JPEG)
            && hasPlainSamples(directory, layout.bits);
    if (!supported) {
      throw new RejectedException(
          Reason.UNSUPPORTED_FORMAT,
          "A TIFF of compression %d, photometric interpretation %d, %d samples of %d bits is not decoded"
              .formatted(compression, layout.photometric, layout.samples, layout.bits));
    }
    requireWhole(directory);
    requireSensibleTiles(directory, image);
    return layout;
  }

  private boolean isSupported(boolean jpeg) {
    boolean whole = bits == 8 || (bits == 16 && !jpeg);
    boolean small = (bits == 1 || bits == 2 || bits == 4) && samples == 1 && !jpeg;
    int extra = samples - colours();
    if (extra < 0 || extra > MOST_EXTRA_SAMPLES || (jpeg && extra > 0)) {
      return false;
    }
    return switch (photometric) {
      case WHITE_IS_ZERO, BLACK_IS_ZERO -> small || (whole && !premultiplied);
      case PALETTE -> small || (bits == 8 && !jpeg);
      case RGB -> whole;
      case CMYK -> whole && !jpeg;
      case YCC -> jpeg && bits == 8;
      default -> false;
    };
  }

  /** Whether a sample is an index of a palette, be it one of grays. */
  boolean isIndexed() {
    return bits <= 8 && (photometric <= BLACK_IS_ZERO || photometric == PALETTE);
  }

  private int colours() {
    return switch (photometric) {
      case RGB, YCC -> 3;
      case CMYK -> 4;
      default -> 1;
    };
  }

  private static boolean hasPlainSamples(TiffDirectory directory, int bits)
      throws RejectedException {
    for (int i = 0; i < Math.min(8, directory.count(TiffDirectory.BITS)); i++) {
      if (directory.number(TiffDirectory.BITS, i, 0) != bits) {
        return false;
      }
    }
    return directory.number(TiffDirectory.SAMPLE_FORMAT, 1) == 1;
  }

  private static void requireWhole(TiffDirectory directory) throws RejectedException {
    boolean tiled = directory.has(TiffDirectory.TILE_OFFSETS);
    int offsets = tiled ? TiffDirectory.TILE_OFFSETS : TiffDirectory.STRIP_OFFSETS;
    int sizes = tiled ? TiffDirectory.TILE_BYTES : TiffDirectory.STRIP_BYTES;
    if (directory.count(offsets) == 0) {
      throw new RejectedException(Reason.CORRUPT, "The TIFF has neither strips nor tiles");
    }
    for (int i = 0; i < directory.count(offsets); i++) {
      long at = directory.number(offsets, i, 0);
      directory.bytes().require(at, directory.number(sizes, i, 1));
    }
  }

  // A reader allocates a whole tile, whatever the image's size is.
  private static void requireSensibleTiles(TiffDirectory directory, ImageHeader image)
      throws RejectedException {
    long width = directory.number(TiffDirectory.TILE_WIDTH, 1);
    long height = directory.number(TiffDirectory.TILE_HEIGHT, 1);
    boolean fits = width <= image.width() + 4096L && height <= image.height() + 4096L;
    if (width < 1 || height < 1 || !fits) {
      throw new RejectedException(
          Reason.CORRUPT,
          "The TIFF has tiles of %d x %d pixels in %d x %d"
              .formatted(width, height, image.width(), image.height()));
    }
  }
}

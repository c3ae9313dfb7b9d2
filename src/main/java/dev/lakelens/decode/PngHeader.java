package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;

/**
 * The IHDR chunk of a PNG (PNG specification, 11.2.1).
 *
 * @param depth bits a sample: 1, 2, 4, 8, 16
 * @param colour one of the constants below
 */
record PngHeader(long width, long height, int depth, int colour, boolean interlaced) {
  static final int GRAY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GRAY_ALPHA = 4;
  static final int RGBA = 6;

  private static final int AT = 16;

  static PngHeader read(byte[] encoded) throws RejectedException {
    ByteReader bytes = ByteReader.bigEndian(encoded);
    bytes.require(AT, 13);
    if (!bytes.matches(12, "IHDR")) {
      throw new RejectedException(Reason.CORRUPT, "The PNG does not begin with an IHDR chunk");
    }
    PngHeader header =
        new PngHeader(
            bytes.u32(AT),
            bytes.u32(AT + 4),
            bytes.u8(AT + 8),
            bytes.u8(AT + 9),
            bytes.u8(AT + 12) != 0);
    if (!header.isPossible() || bytes.u8(AT + 11) != 0) {
      throw new RejectedException(
          Reason.CORRUPT,
          "The PNG has the colour type %d with %d bits".formatted(header.colour(), header.depth()));
    }
    return header;
  }

  int channels() {
    return switch (colour) {
      case RGB -> 3;
      case GRAY_ALPHA -> 2;
      case RGBA -> 4;
      default -> 1;
    };
  }

  int bitsPerPixel() {
    return channels() * depth;
  }

  /** Bytes of a row of so many pixels, without its filter. */
  int rowBytes(int pixels) {
    return (int) (((long) pixels * bitsPerPixel() + 7) / 8);
  }

  private boolean isPossible() {
    boolean small = depth == 1 || depth == 2 || depth == 4;
    return switch (colour) {
      case GRAY -> small || depth == 8 || depth == 16;
      case PALETTE -> small || depth == 8;
      case RGB, GRAY_ALPHA, RGBA -> depth == 8 || depth == 16;
      default -> false;
    };
  }
}

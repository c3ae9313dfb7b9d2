package dev.lakelens.decode;

import java.util.Arrays;
import java.util.List;

/** Where red, green and blue are in a pixel of 16 or 32 bits. */
final class BmpMasks {
  static final long[] FIVE_BITS = {0x7C00, 0x3E0, 0x1F};
  static final long[] SIX_BITS_OF_GREEN = {0xF800, 0x7E0, 0x1F};
  private static final long[] BGR = {0xFF0000, 0xFF00, 0xFF};

  // What Pillow knows; all zero stands for BGR.
  private static final List<long[]> OF_32_BITS =
      List.of(
          BGR,
          new long[] {0xFF000000L, 0xFF0000, 0xFF00},
          new long[] {0xFF000000L, 0xFF00, 0xFF},
          new long[] {0xFF, 0xFF00, 0xFF0000},
          new long[3]);

  private BmpMasks() {}

  static boolean isKnown(int bits, long[] masks) {
    return switch (bits) {
      case 16 -> Arrays.equals(masks, FIVE_BITS) || Arrays.equals(masks, SIX_BITS_OF_GREEN);
      case 24 -> Arrays.equals(masks, BGR);
      case 32 -> OF_32_BITS.stream().anyMatch(known -> Arrays.equals(masks, known));
      default -> false;
    };
  }

  /** The byte of red, green and blue in a pixel of 24 or 32 bits // [3] */
  static int[] bytes(BmpHeader header) {
    long[] masks = header.masks();
    if (header.compression() != BmpHeader.BITFIELDS || Arrays.equals(masks, new long[3])) {
      return new int[] {2, 1, 0};
    }
    int[] bytes = new int[3];
    for (int i = 0; i < 3; i++) {
      bytes[i] = Long.numberOfTrailingZeros(masks[i]) / 8;
    }
    return bytes;
  }
}

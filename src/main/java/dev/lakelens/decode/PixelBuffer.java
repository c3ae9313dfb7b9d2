package dev.lakelens.decode;

/** The array that one decoder fills again and again; that of a huge image is not kept. */
final class PixelBuffer {
  private static final int MOST_KEPT = 48 << 20;

  private byte[] kept = {};

  /** At least {@code size} bytes, with whatever the last image left in them. */
  byte[] take(int size) {
    if (size > MOST_KEPT) {
      kept = new byte[0];
      return new byte[size];
    }
    if (kept.length < size) {
      kept = new byte[0];
      kept = new byte[Math.min(MOST_KEPT, size + size / 4)];
    }
    return kept;
  }
}

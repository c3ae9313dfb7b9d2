package dev.lakelens.decode;

/**
 * By how much a JPEG is reduced while it is decoded: libjpeg leaves out the finer frequencies of
 * its 8 x 8 blocks, so pixels come in a half, a quarter or an eighth of the size, rounded up.
 *
 * @param enough pixels of the shorter side that have to stay; without {@link DecodeMode#FAST} all
 */
record Reduction(DecodeMode mode, int enough) {
  private static final int MOST = 8;

  /** The divisor of both sides: 1, 2, 4 or 8. */
  int of(ImageHeader header) {
    if (mode == DecodeMode.EXACT || header.format() != ImageFormat.JPEG) {
      return 1;
    }
    int shorter = Math.min(header.width(), header.height());
    int divisor = MOST;
    while (divisor > 1 && shorter / divisor < enough) {
      divisor /= 2;
    }
    return divisor;
  }
}

package dev.lakelens.quantize;

/**
 * Unsigned 8-bit numbers for floats: {@code value = scale * (q - zeroPoint)}, with q from 0 to 255.
 *
 * @param scale positive
 * @param zeroPoint the q of 0, which is exact: padding and ReLU6 make zeros
 */
record Quantizer(float scale, int zeroPoint) {
  static final int LEVELS = 255;

  /** What {@code min(max(x, 0), 6)} leaves, so that a runtime need not clip. */
  static final Quantizer RELU6 = of(0, 6);

  Quantizer {
    if (!(scale > 0 && Float.isFinite(scale)) || zeroPoint < 0 || zeroPoint > LEVELS) {
      throw new IllegalArgumentException("scale %s, zero point %d".formatted(scale, zeroPoint));
    }
  }

  /** The finest one that holds a range and 0. */
  static Quantizer of(double min, double max) {
    double low = Math.min(min, 0);
    double high = Math.max(max, 0);
    double scale = high == low ? 1 : (high - low) / LEVELS; // of zeros only, any scale
    return new Quantizer((float) scale, (int) Math.rint(-low / scale));
  }

  /** The number of a value; beyond the range, the nearest in it. */
  int quantize(double value) {
    double q = Math.rint(value / scale) + zeroPoint;
    return (int) Math.max(0, Math.min(LEVELS, q));
  }

  /** The value of a number. */
  double dequantize(int q) {
    return (double) scale * (q - zeroPoint);
  }
}

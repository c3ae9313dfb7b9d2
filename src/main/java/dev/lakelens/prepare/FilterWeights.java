package dev.lakelens.prepare;

import dev.lakelens.model.Preprocessing.Interpolation;
import java.util.Arrays;

/**
 * The filter of one axis: for each output pixel, a window of source pixels and their weights in
 * fixed point with 22 fraction bits.
 *
 * <p>Windows and roundings are those of Pillow's {@code Resample.c}: the support grows with the
 * reduction, weights are normalised in double precision and rounded half away from zero.
 */
final class FilterWeights {
  /** 32 bits less 8 for the value and 2 for overshoot and sign. */
  static final int PRECISION_BITS = 22;

  /** Where a sum of products starts, so that a shift by {@link #PRECISION_BITS} rounds. */
  static final int HALF = 1 << (PRECISION_BITS - 1);

  private final int[] starts;
  private final int[][] taps;
  private final int window;

  private FilterWeights(int[] starts, int[][] taps) {
    this.starts = starts;
    this.taps = taps;
    this.window = Arrays.stream(taps).mapToInt(t -> t.length).max().orElse(0);
  }

  /**
   * Weights of output pixels {@code first} to {@code first + count - 1}.
   *
   * @param sourceSize length of the axis before the resize
   * @param resizedSize length of the axis after it
   */
  static FilterWeights of(
      Interpolation interpolation, int sourceSize, long resizedSize, long first, int count) {
    // Pillow holds the box of the source in single precision.
    double scale = (double) (float) sourceSize / resizedSize;
    double filterScale = Math.max(scale, 1);
    double support = support(interpolation) * filterScale;
    int[] starts = new int[count];
    int[][] taps = new int[count][];
    for (int i = 0; i < count; i++) {
      double centre = (first + i + 0.5) * scale;
      int start = Math.max((int) (centre - support + 0.5), 0);
      int end = (int) Math.min((long) (centre + support + 0.5), sourceSize);
      starts[i] = start;
      taps[i] = taps(interpolation, start, end - start, centre, 1 / filterScale);
    }
    return new FilterWeights(starts, taps);
  }

  private static int[] taps(
      Interpolation interpolation, int start, int length, double centre, double step) {
    double[] weights = new double[length];
    double sum = 0;
    for (int i = 0; i < length; i++) {
      weights[i] = weight(interpolation, (i + start - centre + 0.5) * step);
      sum += weights[i];
    }
    int[] fixed = new int[length];
    for (int i = 0; i < length; i++) {
      double normalised = (sum == 0 ? weights[i] : weights[i] / sum) * (1 << PRECISION_BITS);
      fixed[i] = (int) (normalised < 0 ? normalised - 0.5 : normalised + 0.5);
    }
    return fixed;
  }

  private static int support(Interpolation interpolation) {
    return interpolation == Interpolation.BICUBIC ? 2 : 1;
  }

  private static double weight(Interpolation interpolation, double distance) {
    double x = Math.abs(distance);
    return interpolation == Interpolation.BICUBIC ? bicubic(x) : Math.max(1 - x, 0);
  }

  /** Keys' cubic convolution with a = -0.5. */
  private static double bicubic(double x) {
    if (x < 1) {
      return (1.5 * x - 2.5) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0;
  }

  /** Number of output pixels. */
  int count() {
    return starts.length;
  }

  /** The first source pixel of an output pixel's window. */
  int start(int output) {
    return starts[output];
  }

  /** Weights of an output pixel's window; not to be changed. */
  int[] taps(int output) {
    return taps[output];
  }

  /** Source pixels of the longest window. */
  int window() {
    return window;
  }

  /** The first source pixel of any window. */
  int firstSource() {
    return starts[0];
  }

  /** One more than the last source pixel of any window. */
  int endSource() {
    int last = count() - 1;
    return starts[last] + taps[last].length;
  }
}

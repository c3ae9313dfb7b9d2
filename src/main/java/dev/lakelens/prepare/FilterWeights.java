package dev.lakelens.prepare;

import dev.lakelens.model.Preprocessing.Interpolation;
import java.util.stream.IntStream;

/**
 * The filter of one axis: for each output pixel, a window of source pixels and their weights in
 * fixed point with 22 fraction bits.
 *
 * <p>Windows and roundings are those of Pillow's {@code Resample.c}: the support grows with the
 * reduction, weights are normalised in double precision and rounded half away from zero. The
 * nearest pixel is that of its {@code Geometry.c}, in a window of its own. Not thread-safe.
 */
final class FilterWeights {
  /** 32 bits less 8 for the value and 2 for overshoot and sign. */
  static final int PRECISION_BITS = 22;

  /** Where a sum of products starts, so that a shift by {@link #PRECISION_BITS} rounds. */
  static final int HALF = 1 << (PRECISION_BITS - 1);

  // Longer windows are computed when they are asked for: kept, they would outweigh the image.
  private static final int MAX_KEPT_WINDOW = 4096;

  // Beyond so many steps the product stands for the sum; it may round to the other neighbour.
  private static final int MAX_SUMMED = 1 << 24;

  private final Interpolation interpolation;
  private final double scale;
  private final double filterScale;
  private final long first;
  private final int[] starts;
  private final int[] ends;
  private final int window;
  private final int[][] kept;
  // Of the output pixel computed last, in double precision and in fixed point
  private double[] scratch = {};
  private int[] fixed = {};

  /**
   * Weights of output pixels {@code first} to {@code first + count - 1}.
   *
   * @param sourceSize length of the axis before the resize
   * @param resizedSize length of the axis after it
   */
  FilterWeights(
      Interpolation interpolation, int sourceSize, long resizedSize, long first, int count) {
    this.interpolation = interpolation;
    // Pillow holds the box of the source in single precision.
    this.scale = (double) (float) sourceSize / resizedSize;
    this.filterScale = Math.max(scale, 1);
    this.first = first;
    this.starts = new int[count];
    this.ends = new int[count];
    if (interpolation == Interpolation.NEAREST) {
      pick(sourceSize);
    } else {
      open(sourceSize);
    }
    this.window = IntStream.range(0, count).map(i -> ends[i] - starts[i]).max().orElse(0);
    this.kept = new int[window <= MAX_KEPT_WINDOW ? count : 0][];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = compute(i).clone();
    }
  }

  private void open(int sourceSize) {
    double support = support() * filterScale;
    for (int i = 0; i < count(); i++) {
      starts[i] = Math.max((int) (centre(i) - support + 0.5), 0);
      ends[i] = Math.min((int) (centre(i) + support + 0.5), sourceSize);
    }
  }

  /** Pillow adds the scale pixel by pixel, and the sum's rounding decides between neighbours. */
  private void pick(int sourceSize) {
    double middle = scale * 0.5;
    if (first > MAX_SUMMED) {
      middle = centre(0);
    } else {
      for (long i = 0; i < first; i++) {
        middle += scale;
      }
    }
    for (int i = 0; i < count(); i++) {
      starts[i] = Math.min((int) middle, sourceSize - 1);
      ends[i] = starts[i] + 1;
      middle += scale;
    }
  }

  /** Number of output pixels. */
  int count() {
    return starts.length;
  }

  /** The first source pixel of an output pixel's window. */
  int start(int output) {
    return starts[output];
  }

  /** Weights of an output pixel's window; not to be changed, and valid until the next call. */
  int[] weights(int output) {
    return kept.length == 0 ? compute(output) : kept[output];
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
    return ends[count() - 1];
  }

  private int[] compute(int output) {
    int start = starts[output];
    int length = ends[output] - start;
    if (fixed.length != length) {
      scratch = new double[length];
      fixed = new int[length];
    }
    double sum = 0;
    for (int i = 0; i < length; i++) {
      scratch[i] = weight(Math.abs((i + start - centre(output) + 0.5) * (1 / filterScale)));
      sum += scratch[i];
    }
    for (int i = 0; i < length; i++) {
      double scaled = scratch[i] / sum * (1 << PRECISION_BITS);
      fixed[i] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
    return fixed;
  }

  /** The middle of an output pixel, in source pixels. */
  private double centre(int output) {
    return (first + output + 0.5) * scale;
  }

  private int support() {
    return interpolation == Interpolation.BICUBIC ? 2 : 1;
  }

  /** Of a pixel within the support, beyond which all weights are 0. */
  private double weight(double distance) {
    return switch (interpolation) {
      case NEAREST -> 1;
      case BILINEAR -> 1 - distance;
      case BICUBIC -> bicubic(distance);
    };
  }

  /** Keys' cubic convolution with a = -0.5. */
  private static double bicubic(double x) {
    if (x < 1) {
      return (1.5 * x - 2.5) * x * x + 1;
    }
    return (((x - 5) * x + 8) * x - 4) * -0.5;
  }
}

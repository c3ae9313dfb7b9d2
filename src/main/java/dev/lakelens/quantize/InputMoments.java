package dev.lakelens.quantize;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How the channels that a 1x1 convolution reads go together: sums over pixels, of which {@link
 * #factor} makes their covariance. A sum's order does not depend on the number of threads.
 */
final class InputMoments {
  /**
   * Of the mean variance, added to each: what few photos say of many channels is not all true of
   * others. Of Lite0, calibrated on 150 photos, on 50 others: the squared differences of a late
   * layer's products, 1152 channels, are 0.97 of the nearest weights' with 0.01, 0.88 with 0.1 and
   * 0.82 with 0.5; those of layers of up to 672 channels grow by at most 0.04 from 0.01 to 0.3.
   */
  static final double DAMPING = 0.3;

  /** Of channels that are all 0. */
  private static final double SMALLEST_VARIANCE = 1e-30;

  private final double[][] products; // [i][j], j from 0 to i
  private final double[] sums;
  private long pixels;

  InputMoments(int channels) {
    this.sums = new double[channels];
    this.products = new double[channels][];
    Arrays.setAll(products, i -> new double[i + 1]);
  }

  /** Of the sums of so many channels. */
  static long bytes(long channels) {
    return Double.BYTES * channels * (channels + 1) / 2;
  }

  int channels() {
    return sums.length;
  }

  /**
   * Takes in pixels.
   *
   * @param rows // [pixels, channels]
   */
  void add(float[] rows) {
    int channels = channels();
    double[] x = new double[rows.length];
    Arrays.setAll(x, i -> rows[i]);
    for (int i = 0; i < x.length; i++) {
      sums[i % channels] += x[i];
    }
    pixels += x.length / channels;
    IntStream.range(0, channels).parallel().forEach(i -> addProducts(x, i));
  }

  private void addProducts(double[] x, int channel) {
    double[] row = products[channel];
    for (int pixel = 0; pixel < x.length; pixel += channels()) {
      double value = x[pixel + channel];
      if (value != 0) {
        for (int j = 0; j <= channel; j++) {
          row[j] += value * x[pixel + j];
        }
      }
    }
  }

  /**
   * The lower triangle L of the damped covariance, which is {@code L^T L}. Takes the place of the
   * sums: called once.
   *
   * @return // [i][j], j from 0 to i
   */
  double[][] factor() {
    center();
    damp();
    for (int last = channels() - 1; last >= 0; last--) {
      double[] row = products[last];
      double pivot = Math.sqrt(row[last]);
      for (int j = 0; j <= last; j++) {
        row[j] /= pivot;
      }
      IntStream.range(0, last).parallel().forEach(i -> subtract(products[i], row[i], row));
    }
    return products;
  }

  private void center() {
    for (int i = 0; i < channels(); i++) {
      for (int j = 0; j <= i; j++) {
        products[i][j] = (products[i][j] - sums[i] * sums[j] / pixels) / pixels;
      }
    }
  }

  private void damp() {
    double mean =
        IntStream.range(0, channels()).mapToDouble(i -> products[i][i]).sum() / channels();
    double summand = Math.max(DAMPING * mean, SMALLEST_VARIANCE);
    for (int i = 0; i < channels(); i++) {
      products[i][i] += summand;
    }
  }

  private static void subtract(double[] from, double factor, double[] row) {
    for (int j = 0; j < from.length; j++) {
      from[j] -= factor * row[j];
    }
  }
}

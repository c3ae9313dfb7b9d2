package dev.lakelens.quantize;

import dev.lakelens.network.Tensor;

/** Optimal brain quantisation of one weight after the other, written down as it is published. */
final class Textbook {
  private Textbook() {}

  /**
   * Rounds each weight and moves those after it by {@code -error / inverse[i][i] * inverse[i]}.
   *
   * @param weight // [out, in, 1, 1]
   * @param covariance of the inputs // [in, in]
   */
  static byte[] round(Tensor weight, float[] scales, double[][] covariance) {
    int in = covariance.length;
    byte[] values = new byte[scales.length * in];
    for (int channel = 0; channel < scales.length; channel++) {
      double[] w = new double[in];
      for (int i = 0; i < in; i++) {
        w[i] = weight.floats().get(channel * in + i);
      }
      for (int i = 0; i < in; i++) {
        double rounded = Math.rint(w[i] / scales[channel]);
        values[channel * in + i] = (byte) Math.max(-127, Math.min(127, rounded));
        double error = w[i] - values[channel * in + i] * (double) scales[channel];
        double[][] inverse = inverse(covariance, i);
        for (int j = i; j < in; j++) {
          w[j] -= error * inverse[0][j - i] / inverse[0][0];
        }
      }
    }
    return values;
  }

  /** Gauss and Jordan's, of what is left of a matrix from a row and column on. */
  private static double[][] inverse(double[][] matrix, int first) {
    int size = matrix.length - first;
    double[][] a = new double[size][2 * size];
    for (int i = 0; i < size; i++) {
      System.arraycopy(matrix[first + i], first, a[i], 0, size);
      a[i][size + i] = 1;
    }
    for (int i = 0; i < size; i++) {
      double pivot = a[i][i];
      for (int j = 0; j < 2 * size; j++) {
        a[i][j] /= pivot;
      }
      for (int row = 0; row < size; row++) {
        double factor = a[row][i];
        for (int j = 0; row != i && j < 2 * size; j++) {
          a[row][j] -= factor * a[i][j];
        }
      }
    }
    double[][] inverse = new double[size][size];
    for (int i = 0; i < size; i++) {
      System.arraycopy(a[i], size, inverse[i], 0, size);
    }
    return inverse;
  }
}

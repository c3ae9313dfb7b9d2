package dev.lakelens.quantize;

import dev.lakelens.network.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A convolution's or a dense layer's numbers in 8 bits, symmetric, with a scale for each output
 * channel, and its bias in the units of its sums.
 *
 * @param shape of the weights // [out, ...]
 * @param values from -127 to 127, row-major
 * @param scales of the output channels // [out]
 * @param bias in units of the input's scale times the channel's // [out]
 * @param biasScales those units // [out]
 */
record Int8Weights(
    List<Integer> shape, byte[] values, float[] scales, int[] bias, float[] biasScales) {
  private static final int LARGEST = 127;

  /** Leaves as much of 32 bits for a bias as for the sum of products beside it. */
  private static final double LARGEST_BIAS = 1 << 30;

  /** A channel without weights. */
  private static final double SMALLEST_SCALE = 1e-12;

  /**
   * @param weight // [out, ...]
   * @param bias // [out]
   * @param inputScale of what the layer reads
   */
  static Int8Weights of(Tensor weight, Tensor bias, float inputScale) {
    FloatBuffer floats = weight.floats();
    FloatBuffer biases = bias.floats();
    int out = biases.remaining();
    int row = floats.remaining() / out;
    Int8Weights quantised =
        new Int8Weights(
            weight.shape(), new byte[out * row], new float[out], new int[out], new float[out]);
    for (int channel = 0; channel < out; channel++) {
      quantised.put(channel, floats.slice(channel * row, row), biases.get(channel), inputScale);
    }
    return quantised;
  }

  /** The same scales and biases with other weights. */
  Int8Weights with(byte[] others) {
    return new Int8Weights(shape, others, scales, bias, biasScales);
  }

  /**
   * Rounds each weight so that it makes up for what those before it in its channel are off.
   *
   * @param weight that these numbers stand for // [out, in, 1, 1]
   * @param factor of the covariance of what the layer reads, as {@link InputMoments} has it
   */
  byte[] compensated(Tensor weight, double[][] factor) {
    FloatBuffer floats = weight.floats();
    byte[] compensated = new byte[values.length];
    IntStream.range(0, out())
        .parallel()
        .forEach(channel -> compensate(channel, floats, factor, compensated));
    return compensated;
  }

  private void compensate(int channel, FloatBuffer floats, double[][] factor, byte[] compensated) {
    int first = channel * rowLength();
    double[] errors = new double[rowLength()]; // in units of the scale
    for (int i = 0; i < errors.length; i++) {
      double[] row = factor[i];
      double carried = 0;
      for (int j = 0; j < i; j++) {
        carried += row[j] * errors[j];
      }
      double exact = floats.get(first + i) / (double) scales[channel];
      double wanted = Math.rint(exact + carried / row[i]);
      double rounded = Math.max(-LARGEST, Math.min(LARGEST, wanted));
      compensated[first + i] = (byte) rounded;
      errors[i] = exact - rounded;
    }
  }

  int out() {
    return scales.length;
  }

  /** Weights of one output channel. */
  int rowLength() {
    return values.length / scales.length;
  }

  /** The weights // [rowLength, out] */
  byte[] transposed() {
    byte[] transposed = new byte[values.length];
    for (int channel = 0; channel < out(); channel++) {
      for (int i = 0; i < rowLength(); i++) {
        transposed[i * out() + channel] = values[channel * rowLength() + i];
      }
    }
    return transposed;
  }

  private void put(int channel, FloatBuffer row, float biasValue, float inputScale) {
    double largest = 0;
    for (int i = 0; i < row.limit(); i++) {
      largest = Math.max(largest, Math.abs(row.get(i)));
    }
    // A dead channel's bias must fit its units too.
    double fits = Math.abs(biasValue) / (inputScale * LARGEST_BIAS);
    float scale = (float) Math.max(Math.max(largest / LARGEST, fits), SMALLEST_SCALE);
    for (int i = 0; i < row.limit(); i++) {
      values[channel * row.limit() + i] = (byte) Math.rint(row.get(i) / (double) scale);
    }
    scales[channel] = scale;
    biasScales[channel] = inputScale * scale;
    bias[channel] = (int) Math.rint(biasValue / (double) biasScales[channel]);
  }
}

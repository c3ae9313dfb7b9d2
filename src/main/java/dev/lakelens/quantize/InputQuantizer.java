package dev.lakelens.quantize;

import dev.lakelens.model.Preprocessing;
import dev.lakelens.network.BatchNorm;
import dev.lakelens.network.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * 8 bits for a network's input, which holds pixels of 8 bits: where all channels are normalised
 * alike, every pixel keeps its value. A mean between two pixels, such as 127.5, is not a zero
 * point, and would round every pixel by half a step; so the input is moved by that half.
 *
 * @param shift what is added to the input first
 */
record InputQuantizer(Quantizer quantizer, float shift) {
  private static final int WHITE = Quantizer.LEVELS;

  static InputQuantizer of(Preprocessing preprocessing) {
    double white = (double) WHITE / preprocessing.range().divisor();
    List<Double> mean = preprocessing.mean();
    List<Double> std = preprocessing.std();
    double zero = WHITE * mean.get(0) / white; // the pixel that becomes 0
    boolean alike = mean.stream().distinct().count() == 1 && std.stream().distinct().count() == 1;
    if (alike && zero >= 0 && zero <= WHITE) {
      double step = white / WHITE / std.get(0);
      int zeroPoint = (int) Math.rint(zero);
      Quantizer exact = new Quantizer((float) step, zeroPoint);
      return new InputQuantizer(exact, (float) (step * (zero - zeroPoint)));
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < mean.size(); c++) {
      low = Math.min(low, -mean.get(c) / std.get(c));
      high = Math.max(high, (white - mean.get(c)) / std.get(c));
    }
    return new InputQuantizer(Quantizer.of(low, high), 0);
  }

  /** The first convolution, so that it gives for the moved input what it gave. */
  BatchNorm unshifted(BatchNorm folded) {
    FloatBuffer weights = folded.weight().floats();
    Tensor bias = Tensor.zeros(folded.bias().shape());
    FloatBuffer to = bias.floats();
    int row = weights.limit() / to.limit();
    for (int channel = 0; channel < to.limit(); channel++) {
      double sum = 0;
      for (int i = 0; i < row; i++) {
        sum += weights.get(channel * row + i);
      }
      to.put(channel, (float) (folded.bias().floats().get(channel) - shift * sum));
    }
    return new BatchNorm(folded.weight(), bias);
  }
}

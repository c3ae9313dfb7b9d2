package dev.lakelens.quantize;

import dev.lakelens.network.BatchNorm;
import dev.lakelens.network.Tensor;
import java.nio.FloatBuffer;

/**
 * A quantiser's scale for each channel of a gated map. SiLU goes little below 0, so 0 is a small
 * number of the 256.
 *
 * @param units the scales // [channels]
 */
record GateScales(float[] units) {
  /** The number that stands for 0. */
  static final int ZERO = 8;

  private static final double SMALLEST = 1e-12;

  /**
   * Other photos go beyond what a channel has in those that are calibrated on; of B0, calibrated on
   * 100 photos, the mean cosine on 100 others is 0.9993 with this and 0.9983 without.
   */
  private static final double HEADROOM = 2;

  static GateScales of(ChannelRange range) {
    float[] units = new float[range.min().length];
    for (int c = 0; c < units.length; c++) {
      double above = HEADROOM * range.max()[c] / (Quantizer.LEVELS - ZERO);
      double below = -HEADROOM * range.min()[c] / ZERO;
      units[c] = (float) Math.max(Math.max(above, below), SMALLEST);
    }
    return new GateScales(units);
  }

  /** The convolution that reads numbers in these units. */
  BatchNorm intoWeights(BatchNorm folded) {
    Tensor weight = Tensor.zeros(folded.weight().shape()); // [out, channels, 1, 1]
    FloatBuffer from = folded.weight().floats();
    FloatBuffer to = weight.floats();
    for (int i = 0; i < to.limit(); i++) {
      to.put(i, from.get(i) * units[i % units.length]);
    }
    return new BatchNorm(weight, folded.bias());
  }
}

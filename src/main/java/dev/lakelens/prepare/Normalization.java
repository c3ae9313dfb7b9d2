package dev.lakelens.prepare;

import dev.lakelens.model.Preprocessing;

/**
 * From a sum in fixed point to the float that the network sees, by channel: {@code (value / range -
 * mean) / std}, every step rounded to single precision as torch rounds it.
 *
 * <p>A table takes the sum's ten bits above the fraction, a signed number, so it also clips to 0 to
 * 255: no filter overshoots by as much as 256.
 */
final class Normalization {
  private static final int LENGTH = 1 << (Integer.SIZE - FilterWeights.PRECISION_BITS);

  private final float[][] tables = new float[Tensor.CHANNELS][LENGTH];

  Normalization(Preprocessing preprocessing) {
    float divisor = preprocessing.range().divisor();
    for (int c = 0; c < Tensor.CHANNELS; c++) {
      float mean = preprocessing.mean().get(c).floatValue();
      float std = preprocessing.std().get(c).floatValue();
      for (int bits = 0; bits < LENGTH; bits++) {
        int signed = bits < LENGTH / 2 ? bits : bits - LENGTH;
        int value = Math.max(0, Math.min(255, signed));
        tables[c][bits] = (value / divisor - mean) / std;
      }
    }
  }

  /** Floats of the sums at {@code from} and after it. */
  void apply(int channel, int[] sums, int from, float[] floats) {
    float[] table = tables[channel];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = table[sums[from + i] >>> FilterWeights.PRECISION_BITS];
    }
  }
}

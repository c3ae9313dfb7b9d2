package dev.lakelens.prepare;

import dev.lakelens.model.Preprocessing;

/**
 * The float of each 8-bit value, by channel: {@code (value / range - mean) / std}, every step
 * rounded to single precision as torch rounds it.
 */
final class Normalization {
  private final float[][] tables = new float[Tensor.CHANNELS][256];

  Normalization(Preprocessing preprocessing) {
    float divisor = preprocessing.range().divisor();
    for (int c = 0; c < Tensor.CHANNELS; c++) {
      float mean = preprocessing.mean().get(c).floatValue();
      float std = preprocessing.std().get(c).floatValue();
      for (int value = 0; value < 256; value++) {
        tables[c][value] = (value / divisor - mean) / std;
      }
    }
  }

  /** Floats of the values 0 to 255; not to be changed. */
  float[] table(int channel) {
    return tables[channel];
  }
}

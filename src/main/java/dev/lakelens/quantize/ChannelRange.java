package dev.lakelens.quantize;

import java.util.Arrays;

/**
 * The smallest and the largest value of each channel.
 *
 * @param min // [channels]
 * @param max // [channels]
 */
record ChannelRange(float[] min, float[] max) {

  /** Of no value yet. */
  static ChannelRange none(int channels) {
    ChannelRange range = new ChannelRange(new float[channels], new float[channels]);
    Arrays.fill(range.min, Float.POSITIVE_INFINITY);
    Arrays.fill(range.max, Float.NEGATIVE_INFINITY);
    return range;
  }

  /** Takes in what another photo has. */
  void add(float[] otherMin, float[] otherMax) {
    for (int c = 0; c < min.length; c++) {
      min[c] = Math.min(min[c], otherMin[c]);
      max[c] = Math.max(max[c], otherMax[c]);
    }
  }

  /** Of channels that are divided by positive factors. */
  ChannelRange dividedBy(float[] factors) {
    ChannelRange divided = new ChannelRange(min.clone(), max.clone());
    for (int c = 0; c < factors.length; c++) {
      divided.min[c] /= factors[c];
      divided.max[c] /= factors[c];
    }
    return divided;
  }

  /** The largest distance from 0 in a channel. */
  float largest(int channel) {
    return Math.max(Math.abs(min[channel]), Math.abs(max[channel]));
  }

  /**
   * One quantiser for all channels.
   *
   * @param headroom multiplies the range
   */
  Quantizer quantizer(double headroom) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < min.length; c++) {
      low = Math.min(low, min[c]);
      high = Math.max(high, max[c]);
    }
    return Quantizer.of(headroom * low, headroom * high);
  }
}

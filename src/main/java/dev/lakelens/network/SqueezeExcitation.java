package dev.lakelens.network;

import java.util.List;

/**
 * Squeeze-and-excitation: a gate for every channel, from the means of all channels.
 *
 * @param name prefix of its two convolutions, in timm's naming
 * @param channels that are gated
 * @param squeezed channels between the two convolutions
 */
public record SqueezeExcitation(String name, int channels, int squeezed) {

  /** Name of the convolution to fewer channels. */
  public String reduce() {
    return name + ".conv_reduce";
  }

  /** Name of the convolution back to all channels. */
  public String expand() {
    return name + ".conv_expand";
  }

  /** Of the reducing weight // [squeezed, channels, 1, 1] */
  List<Integer> reduceShape() {
    return List.of(squeezed, channels, 1, 1);
  }

  /** Of the expanding weight // [channels, squeezed, 1, 1] */
  List<Integer> expandShape() {
    return List.of(channels, squeezed, 1, 1);
  }
}

package dev.lakelens.network;

import dev.lakelens.model.Padding;

/**
 * Zeros around a map, the same in both directions.
 *
 * @param before at the top and the left
 * @param after at the bottom and the right
 */
public record Pads(int before, int after) {

  /**
   * The zeros that a convolution reads.
   *
   * @param size side of the map that a convolution reads
   */
  public static Pads of(Padding padding, Convolution convolution, int size) {
    int kernel = convolution.kernel();
    int stride = convolution.stride();
    int total =
        switch (padding) {
          case SAME -> Math.max((convolution.outputSize(size) - 1) * stride + kernel - size, 0);
          case SYMMETRIC -> kernel - 1; // kernels are odd
        };
    return new Pads(total / 2, total - total / 2);
  }

  /** Side of the map that a convolution writes. */
  public int outputSize(Convolution convolution, int size) {
    return (size + before + after - convolution.kernel()) / convolution.stride() + 1;
  }
}

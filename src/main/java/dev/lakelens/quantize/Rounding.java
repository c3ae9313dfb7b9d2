package dev.lakelens.quantize;

import dev.lakelens.network.BatchNorm;
import dev.lakelens.network.Convolution;
import java.util.function.Supplier;

/** How the weights of convolutions become 8-bit numbers. */
interface Rounding {
  /** Each weight becomes the nearest number. */
  Rounding NEAREST =
      (convolution, folded, input) -> Int8Weights.of(folded.weight(), folded.bias(), input.scale());

  /**
   * What a convolution reads.
   *
   * @param scale of its numbers
   * @param size side of the map, in pixels
   * @param rows draws it, if it is not there yet // [N * size * size, channels]
   */
  record Input(float scale, int size, Supplier<String> rows) {}

  /**
   * The weights of a convolution.
   *
   * @param folded with its normalisation in it
   */
  Int8Weights round(Convolution convolution, BatchNorm folded, Input input);
}

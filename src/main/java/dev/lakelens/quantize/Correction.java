package dev.lakelens.quantize;

import dev.lakelens.network.Convolution;

/** What happens to the sums of an int8 layer before anything reads them. */
interface Correction {
  /** Nothing. */
  Correction NONE =
      new Correction() {
        @Override
        public String ofMap(String y, Convolution convolution) {
          return y;
        }

        @Override
        public String ofRows(String y, Convolution convolution) {
          return y;
        }

        @Override
        public String ofLogits(String y, int classes) {
          return y;
        }
      };

  /**
   * Stands for what a convolution gives.
   *
   * @param y // [N, channels, size, size]
   */
  String ofMap(String y, Convolution convolution);

  /**
   * Stands for what a convolution gives.
   *
   * @param y // [N * size * size, channels]
   */
  String ofRows(String y, Convolution convolution);

  /**
   * Stands for what the dense layer gives.
   *
   * @param y // [N, classes]
   */
  String ofLogits(String y, int classes);
}

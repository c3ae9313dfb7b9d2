package dev.lakelens.network;

/**
 * Counts layers as {@code len(model.layers)} does for the models of Keras without their top; Lite
 * networks, which Keras lacks, by the same rules.
 */
final class KerasLayers {
  /** Input, rescaling, normalisation, padding, convolution, batch normalisation, activation. */
  static final int STEM = 7;

  /** Convolution, batch normalisation, activation. */
  static final int HEAD = 3;

  /** Pool, dropout, dense. */
  static final int TOP = 3;

  private KerasLayers() {}

  static int of(Architecture architecture) {
    return STEM + architecture.blocks().stream().mapToInt(KerasLayers::of).sum() + HEAD;
  }

  static int of(MBConv block) {
    int expand = block.expands() ? 3 : 0; // convolution, batch normalisation, activation
    int padding = block.stride() > 1 ? 1 : 0;
    int depthwise = 3; // convolution, batch normalisation, activation
    int squeeze = block.squeezes() ? 5 : 0; // pool, reshape, reduce, expand, multiply
    int project = 2; // convolution, batch normalisation
    int skip = block.skips() ? 2 : 0; // drop connect, add
    return expand + padding + depthwise + squeeze + project + skip;
  }
}

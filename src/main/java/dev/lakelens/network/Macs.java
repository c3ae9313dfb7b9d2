package dev.lakelens.network;

/** Multiply-accumulates of convolutions and dense layers for one image; nothing else is counted. */
final class Macs {
  private Macs() {}

  /**
   * @param classes number of logits, 0 without a classifier
   */
  static long of(Architecture architecture, int inputSize, int classes) {
    int size = inputSize;
    Convolution stem = architecture.stemConvolution();
    long macs = of(stem, size);
    size = outputSize(stem, size);
    for (MBConv block : architecture.blocks()) {
      macs += of(block, size);
      size = outputSize(block.depthwise(), size);
    }
    return macs
        + of(architecture.headConvolution(), size)
        + (long) architecture.features() * classes;
  }

  /**
   * @param size side of the map that enters the block
   */
  static long of(MBConv block, int size) {
    int reduced = outputSize(block.depthwise(), size);
    long expand = block.expands() ? of(block.expand(), size) : 0;
    long squeeze = 2L * block.expanded() * block.squeezed();
    return expand + of(block.depthwise(), size) + squeeze + of(block.project(), reduced);
  }

  /** Side of the map that a convolution writes, the same with either padding. */
  static int outputSize(Convolution convolution, int size) {
    return (size + convolution.stride() - 1) / convolution.stride();
  }

  private static long of(Convolution convolution, int size) {
    long side = outputSize(convolution, size);
    return side * side * Tensor.elements(convolution.shape());
  }
}

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
    size = stem.outputSize(size);
    for (MBConv block : architecture.blocks()) {
      macs += of(block, size);
      size = block.depthwise().outputSize(size);
    }
    return macs
        + of(architecture.headConvolution(), size)
        + (long) architecture.features() * classes;
  }

  /**
   * @param size side of the map that enters the block
   */
  static long of(MBConv block, int size) {
    int reduced = block.depthwise().outputSize(size);
    long expand = block.expands() ? of(block.expand(), size) : 0;
    long squeeze = 2L * block.expanded() * block.squeezed();
    return expand + of(block.depthwise(), size) + squeeze + of(block.project(), reduced);
  }

  private static long of(Convolution convolution, int size) {
    long side = convolution.outputSize(size);
    return side * side * Tensor.elements(convolution.shape());
  }
}

package dev.lakelens.network;

import java.util.ArrayList;
import java.util.List;

/**
 * One MBConv at one resolution.
 *
 * @param name in timm's naming
 * @param stage of Table 1, from 2 to 8
 * @param kind of sub-block: 1 the network's first, 2 the first of any other stage, 3 a repeat
 * @param modules 1 depthwise; 2 expansion, padding, depthwise; 3 squeeze-and-excitation; 4 project;
 *     5 project, drop connect, add
 * @param kernel side of the depthwise kernel
 * @param stride of the depthwise convolution
 * @param in channels that enter
 * @param expanded channels inside
 * @param squeezed channels inside squeeze-and-excitation, 0 without one
 * @param out channels that leave
 * @param resolution side of the map that enters
 * @param outputResolution side of the map that leaves
 * @param skip whether the input is added
 * @param dropConnect share of images for which training drops the block; the identity in inference
 * @param macs multiply-accumulates
 */
public record BlockRow(
    String name,
    int stage,
    int kind,
    List<Integer> modules,
    int kernel,
    int stride,
    int in,
    int expanded,
    int squeezed,
    int out,
    int resolution,
    int outputResolution,
    boolean skip,
    double dropConnect,
    long macs) {
  private static final double DROP_CONNECT = 0.2;

  public BlockRow {
    modules = List.copyOf(modules);
  }

  /** All blocks of a network, each with the resolution that reaches it. */
  static List<BlockRow> of(Architecture architecture, int inputSize) {
    List<BlockRow> rows = new ArrayList<>();
    List<MBConv> blocks = architecture.blocks();
    int size = architecture.stemConvolution().outputSize(inputSize);
    for (MBConv block : blocks) {
      BlockRow row = of(block, size, DROP_CONNECT * rows.size() / blocks.size());
      rows.add(row);
      size = row.outputResolution();
    }
    return rows;
  }

  private static BlockRow of(MBConv block, int size, double dropConnect) {
    return new BlockRow(
        "blocks." + block.stage() + "." + block.index(),
        block.stage() + 2,
        kind(block),
        modules(block),
        block.kernel(),
        block.stride(),
        block.in(),
        block.expanded(),
        block.squeezed(),
        block.out(),
        size,
        block.depthwise().outputSize(size),
        block.skips(),
        dropConnect,
        Macs.of(block, size));
  }

  private static int kind(MBConv block) {
    if (block.index() > 0) {
      return 3;
    }
    return block.stage() == 0 ? 1 : 2;
  }

  private static List<Integer> modules(MBConv block) {
    List<Integer> modules = new ArrayList<>();
    modules.add(block.expands() ? 2 : 1);
    if (block.squeezes()) {
      modules.add(3);
    }
    modules.add(block.skips() ? 5 : 4);
    return modules;
  }
}

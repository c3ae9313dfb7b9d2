package dev.lakelens.network;

import static dev.lakelens.network.Operator.MBCONV1;
import static dev.lakelens.network.Operator.MBCONV6;

import java.util.ArrayList;
import java.util.List;

/**
 * A network of the family: Table 1 of the paper, scaled.
 *
 * @param variant whose scaling it is
 * @param activation of all normalised convolutions but the projections
 * @param stem channels that leave the first convolution, 3x3 with stride 2
 * @param stages the rows of Table 1 between stem and head
 * @param features channels that leave the last convolution, 1x1: the size of the embedding
 */
public record Architecture(
    Variant variant, Activation activation, int stem, List<Stage> stages, int features) {

  /** Stages 2 to 8 of Table 1, with the strides where the reference code has them. */
  static final List<Stage> TABLE_1 =
      List.of(
          // operator, kernel, stride, in, out, repeats
          new Stage(MBCONV1, 3, 1, 32, 16, 1),
          new Stage(MBCONV6, 3, 2, 16, 24, 2),
          new Stage(MBCONV6, 5, 2, 24, 40, 2),
          new Stage(MBCONV6, 3, 2, 40, 80, 3),
          new Stage(MBCONV6, 5, 1, 80, 112, 3),
          new Stage(MBCONV6, 5, 2, 112, 192, 4),
          new Stage(MBCONV6, 3, 1, 192, 320, 1));

  private static final int STEM = 32;
  private static final int HEAD = 1280;

  /** Channels are multiples of this. */
  private static final int DIVISOR = 8;

  /** Squeeze-and-excitation has this many times fewer channels than what enters the block. */
  private static final int SQUEEZE = 4;

  public Architecture {
    stages = List.copyOf(stages);
  }

  /** Scales Table 1. */
  public static Architecture of(Variant variant) {
    List<Stage> stages = new ArrayList<>();
    int stem = variant.lite() ? STEM : roundFilters(STEM, variant.width());
    int in = stem;
    for (Stage row : TABLE_1) {
      int out = roundFilters(row.out(), variant.width());
      stages.add(
          new Stage(row.operator(), row.kernel(), row.stride(), in, out, repeats(variant, row)));
      in = out;
    }
    int features = variant.lite() ? HEAD : roundFilters(HEAD, variant.width());
    Activation activation = variant.lite() ? Activation.RELU6 : Activation.SILU;
    return new Architecture(variant, activation, stem, stages, features);
  }

  /** All blocks in order. */
  public List<MBConv> blocks() {
    List<MBConv> blocks = new ArrayList<>();
    for (int s = 0; s < stages.size(); s++) {
      for (int i = 0; i < stages.get(s).repeats(); i++) {
        blocks.add(block(s, i));
      }
    }
    return blocks;
  }

  /**
   * Number of trained parameters.
   *
   * @param classes number of logits, 0 without a classifier
   */
  public long parameters(int classes) {
    return Parameters.trained(this, classes);
  }

  /** The first convolution. */
  public Convolution stemConvolution() {
    return new Convolution("conv_stem", "bn1", 3, stem, 3, 2, 1);
  }

  /** The last convolution, 1x1, which makes the features. */
  public Convolution headConvolution() {
    int in = stages.get(stages.size() - 1).out();
    return Convolution.pointwise("conv_head", "bn2", in, features);
  }

  /** Values of the largest map, of one image. */
  public long largestMap(int inputSize) {
    int size = stemConvolution().outputSize(inputSize);
    long largest = 0; // the stem's is not: the first block has as many channels and the same size
    for (MBConv block : blocks()) {
      largest = Math.max(largest, (long) block.expanded() * size * size);
      size = block.depthwise().outputSize(size);
    }
    return largest;
  }

  private MBConv block(int s, int i) {
    Stage row = stages.get(s);
    int stride = i == 0 ? row.stride() : 1;
    int in = i == 0 ? row.in() : row.out();
    int squeezed = variant.lite() ? 0 : in / SQUEEZE;
    return new MBConv(s, i, row.operator(), row.kernel(), stride, in, row.out(), squeezed);
  }

  private static int repeats(Variant variant, Stage row) {
    boolean outer = row.equals(TABLE_1.get(0)) || row.equals(TABLE_1.get(TABLE_1.size() - 1));
    return variant.lite() && outer ? row.repeats() : roundRepeats(row.repeats(), variant.depth());
  }

  /** The nearest multiple of eight, or the next one where that loses more than a tenth. */
  static int roundFilters(int channels, double width) {
    double scaled = channels * width;
    int rounded = (int) (scaled + DIVISOR / 2) / DIVISOR * DIVISOR;
    return rounded < 0.9 * scaled ? rounded + DIVISOR : rounded;
  }

  static int roundRepeats(int repeats, double depth) {
    return (int) Math.ceil(depth * repeats);
  }
}

package dev.lakelens.network;

import java.util.ArrayList;
import java.util.List;

/**
 * What a variant looks like at one input size, all of it from {@link Architecture}.
 *
 * @param variant such as {@code b0}
 * @param timm names that timm gives it: with SAME padding, and with symmetric padding
 * @param width multiplies the channels of Table 1
 * @param depth multiplies the repeats of Table 1
 * @param inputSize side of the square input, in pixels
 * @param classes number of logits, 0 without a classifier
 * @param activation such as {@code Swish}
 * @param dropout before the classifier, in training only
 * @param features size of the embedding
 * @param stem the layers before the blocks
 * @param table Table 1: stem, seven stages, head
 * @param blocks every MBConv, in order
 * @param finalLayers the layers behind the blocks
 * @param counts parameters, multiply-accumulates and layers
 */
public record Description(
    String variant,
    List<String> timm,
    double width,
    double depth,
    int inputSize,
    int classes,
    String activation,
    double dropout,
    int features,
    List<String> stem,
    List<TableRow> table,
    List<BlockRow> blocks,
    List<String> finalLayers,
    Counts counts) {

  public Description {
    timm = List.copyOf(timm);
    stem = List.copyOf(stem);
    table = List.copyOf(table);
    blocks = List.copyOf(blocks);
    finalLayers = List.copyOf(finalLayers);
  }

  /**
   * Describes a variant.
   *
   * @param inputSize side of the square input, in pixels, at least 1
   * @param classes number of logits, 0 without a classifier
   */
  public static Description of(Variant variant, int inputSize, int classes) {
    if (inputSize < 1 || classes < 0) {
      throw new IllegalArgumentException(
          "An input of %d pixels and %d classes".formatted(inputSize, classes));
    }
    Architecture architecture = Architecture.of(variant);
    String activation = architecture.activation() == Activation.SILU ? "Swish" : "ReLU6";
    String timm = "efficientnet_" + variant.text();
    return new Description(
        variant.text(),
        List.of("tf_" + timm, timm),
        variant.width(),
        variant.depth(),
        inputSize,
        classes,
        activation,
        variant.dropout(),
        architecture.features(),
        List.of("Conv 3x3, stride 2", "BatchNorm", activation),
        table(architecture, inputSize),
        BlockRow.of(architecture, inputSize),
        finalLayers(activation, classes),
        Counts.of(architecture, inputSize, classes));
  }

  /** With more classes than these, fp32 weights exceed protobuf's limit of 2 GiB. */
  public static int mostClasses(Variant variant) {
    Architecture architecture = Architecture.of(variant);
    long weights = architecture.parameters(0) + Parameters.statistics(architecture);
    long room = Integer.MAX_VALUE / Float.BYTES - weights;
    return Math.toIntExact(room / (architecture.features() + 1)); // and a bias
  }

  private static List<TableRow> table(Architecture architecture, int inputSize) {
    List<TableRow> rows = new ArrayList<>();
    rows.add(new TableRow(1, "Conv3x3", 2, inputSize, architecture.stem(), 1));
    int size = architecture.stemConvolution().outputSize(inputSize);
    for (Stage stage : architecture.stages()) {
      rows.add(row(rows.size() + 1, stage, size));
      size = Convolution.strided(size, stage.stride());
    }
    String head = "Conv1x1 & Pooling & FC";
    rows.add(new TableRow(rows.size() + 1, head, 1, size, architecture.features(), 1));
    return rows;
  }

  private static TableRow row(int number, Stage stage, int size) {
    int kernel = stage.kernel();
    String operator = "MBConv" + stage.operator().expansion() + ", k" + kernel + "x" + kernel;
    return new TableRow(number, operator, stage.stride(), size, stage.out(), stage.repeats());
  }

  private static List<String> finalLayers(String activation, int classes) {
    List<String> layers = new ArrayList<>(List.of("Conv 1x1", "BatchNorm", activation));
    layers.add("Global average pool");
    if (classes > 0) {
      layers.add("Dropout");
      layers.add("Dense");
    }
    return layers;
  }
}

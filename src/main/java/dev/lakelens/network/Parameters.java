package dev.lakelens.network;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The canonical tensors of a network: timm's names, and shapes. */
public final class Parameters {
  /** Of the dense layer // [classes, features] */
  public static final String CLASSIFIER_WEIGHT = "classifier.weight";

  /** Of the dense layer // [classes] */
  public static final String CLASSIFIER_BIAS = "classifier.bias";

  private final SortedMap<String, List<Integer>> shapes = new TreeMap<>();

  private Parameters() {}

  /** Every tensor's shape by its name. */
  static SortedMap<String, List<Integer>> shapes(Architecture architecture, int classes) {
    Parameters parameters = new Parameters();
    parameters.add(architecture.stemConvolution());
    architecture.blocks().forEach(parameters::add);
    parameters.add(architecture.headConvolution());
    if (classes > 0) {
      parameters.addDense(
          CLASSIFIER_WEIGHT, CLASSIFIER_BIAS, List.of(classes, architecture.features()));
    }
    return parameters.shapes;
  }

  /** Every tensor's shape of one block by its name. */
  static SortedMap<String, List<Integer>> shapes(MBConv block) {
    Parameters parameters = new Parameters();
    parameters.add(block);
    return parameters.shapes;
  }

  /** Number of elements that training changes: all but the statistics of batch normalisation. */
  static long trained(Architecture architecture, int classes) {
    return elements(architecture, classes, false);
  }

  /** Number of means and variances of batch normalisation. */
  static long statistics(Architecture architecture) {
    return elements(architecture, 0, true);
  }

  private static long elements(Architecture architecture, int classes, boolean statistics) {
    return shapes(architecture, classes).entrySet().stream()
        .filter(tensor -> tensor.getKey().contains(".running_") == statistics)
        .mapToLong(tensor -> Tensor.elements(tensor.getValue()))
        .sum();
  }

  private void add(MBConv block) {
    if (block.expands()) {
      add(block.expand());
    }
    add(block.depthwise());
    if (block.squeezes()) {
      add(block.squeezeExcitation());
    }
    add(block.project());
  }

  private void add(Convolution convolution) {
    shapes.put(convolution.weight(), convolution.shape());
    for (String part : BatchNorm.PARTS) {
      shapes.put(convolution.norm() + part, List.of(convolution.out()));
    }
  }

  private void add(SqueezeExcitation squeeze) {
    addDense(squeeze.reduce() + ".weight", squeeze.reduce() + ".bias", squeeze.reduceShape());
    addDense(squeeze.expand() + ".weight", squeeze.expand() + ".bias", squeeze.expandShape());
  }

  private void addDense(String weight, String bias, List<Integer> shape) {
    shapes.put(weight, shape);
    shapes.put(bias, shape.subList(0, 1));
  }
}

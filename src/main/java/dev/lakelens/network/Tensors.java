package dev.lakelens.network;

import dev.lakelens.model.Digest;
import dev.lakelens.model.ModelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A network's tensors by their canonical names: timm's, without {@code num_batches_tracked}. */
public final class Tensors {
  private final SortedMap<String, Tensor> byName;

  /**
   * @param byName what a checkpoint holds
   */
  public Tensors(Map<String, Tensor> byName) {
    this.byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
  }

  /** All tensors, sorted by name. */
  public SortedMap<String, Tensor> byName() {
    return byName;
  }

  /** Number of logits: rows of the classifier, 0 without one. */
  public int classes() {
    Tensor classifier = byName.get(Parameters.CLASSIFIER_WEIGHT);
    return classifier == null || classifier.shape().isEmpty() ? 0 : classifier.shape().get(0);
  }

  /**
   * SHA-256, in hex, of all tensors in the order of their names; of each tensor the UTF-8 line
   * {@code name F32 shape}, the shape as decimals with commas between, a line feed behind it, and
   * then its data, little-endian. As an example, {@code conv_stem.weight F32 32,3,3,3} begins 3,456
   * bytes of data.
   */
  public String digest() {
    Digest digest = new Digest();
    byName.forEach(
        (name, tensor) ->
            digest.add("%s F32 %s\n".formatted(name, commas(tensor.shape()))).add(tensor.data()));
    return digest.hex();
  }

  /** The tensor of a name that is there. */
  public Tensor get(String name) {
    Tensor tensor = byName.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("There is no tensor " + name);
    }
    return tensor;
  }

  /**
   * @throws ModelException unless these are all the tensors of the network, in its shapes, and no
   *     others; its sentence lists those that are missing, misshapen or unknown
   */
  void requireAllOf(Architecture architecture) {
    List<String> faults = faults(architecture, UnaryOperator.identity());
    if (!faults.isEmpty()) {
      throw new ModelException(
          "These tensors are not an EfficientNet %s: %s"
              .formatted(architecture.variant().text(), Faults.listing(faults)));
    }
  }

  /**
   * Compares with what a network needs.
   *
   * @param naming what messages call a tensor of a canonical name
   * @return a clause for every tensor that is missing, misshapen or unknown
   */
  public List<String> faults(Architecture architecture, UnaryOperator<String> naming) {
    SortedMap<String, List<Integer>> shapes = Parameters.shapes(architecture, classes());
    List<String> faults = new ArrayList<>();
    shapes.forEach((name, shape) -> addFault(faults, name, naming.apply(name), shape));
    byName.keySet().stream()
        .filter(name -> !shapes.containsKey(name))
        .forEach(name -> faults.add(naming.apply(name) + " is unknown"));
    return faults;
  }

  private void addFault(List<String> faults, String name, String called, List<Integer> shape) {
    Tensor tensor = byName.get(name);
    if (tensor == null) {
      faults.add(called + " is missing");
    } else if (!tensor.shape().equals(shape)) {
      faults.add("%s has shape %s, not %s".formatted(called, tensor.shape(), shape));
    }
  }

  private static String commas(List<Integer> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}

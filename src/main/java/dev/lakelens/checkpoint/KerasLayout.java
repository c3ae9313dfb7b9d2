package dev.lakelens.checkpoint;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import dev.lakelens.weights.WeightFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Keras's tensors with PyTorch's names of weights and PyTorch's order of dimensions. */
final class KerasLayout {
  private static final String KERNEL = "/kernel";

  /** Keras 2 calls a depthwise kernel {@code depthwise_kernel}, Keras 3 {@code kernel}. */
  private static final Pattern DEPTHWISE = Pattern.compile(".*dwconv/(depthwise_)?kernel");

  private static final Map<String, String> WEIGHTS =
      Map.of(
          "kernel", "weight",
          "depthwise_kernel", "weight",
          "bias", "bias",
          "gamma", "weight",
          "beta", "bias",
          "moving_mean", "running_mean",
          "moving_variance", "running_var");

  /** The classifier of Keras's own networks. */
  static final String CLASSIFIER = "predictions";

  private final WeightFile keras;
  private final String classifier; // layer

  private KerasLayout(WeightFile keras) {
    this.keras = keras;
    this.classifier = classifier(keras);
  }

  /** Whether a file's names are Keras's. */
  static boolean isOf(WeightFile file) {
    return file.tensors().containsKey("stem_conv" + KERNEL);
  }

  /**
   * The network's tensors by names such as {@code block1a_bn.running_mean}, without the layers that
   * prepare pixels. Names that no network of Keras has stay as they are.
   *
   * @throws ModelException where two tensors have one name
   */
  static WeightFile toPyTorch(WeightFile file) {
    return new KerasLayout(file).toPyTorch();
  }

  private WeightFile toPyTorch() {
    Map<String, Tensor> tensors = new HashMap<>();
    keras
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (!KerasNormalization.owns(name)) {
                put(tensors, name, tensor);
              }
            });
    Set<String> others = new TreeSet<>(keras.others());
    others.removeIf(KerasNormalization::owns);
    return new WeightFile(keras.source(), tensors, others);
  }

  private void put(Map<String, Tensor> tensors, String name, Tensor tensor) {
    if (tensors.put(renamed(name), permuted(name, tensor)) != null) {
      throw new ModelException("%s has two tensors %s".formatted(keras.source(), renamed(name)));
    }
  }

  private String renamed(String name) {
    int slash = name.lastIndexOf('/');
    String weight = WEIGHTS.get(name.substring(slash + 1));
    if (slash < 0 || weight == null) {
      return name;
    }
    String layer = name.substring(0, slash);
    return (layer.equals(classifier) ? CLASSIFIER : layer) + "." + weight;
  }

  private static Tensor permuted(String name, Tensor tensor) {
    int dimensions = tensor.shape().size();
    if (dimensions == 4 && DEPTHWISE.matcher(name).matches()) {
      return Axes.permuted(tensor, 2, 3, 0, 1); // [height, width, channels, 1]
    }
    if (dimensions == 4 && name.endsWith(KERNEL)) {
      return Axes.permuted(tensor, 3, 2, 0, 1); // [height, width, in, out]
    }
    boolean dense = dimensions == 2 && name.endsWith(KERNEL);
    return dense ? Axes.permuted(tensor, 1, 0) : tensor; // [in, out]
  }

  /** The only dense layer, whatever its name. */
  private static String classifier(WeightFile file) {
    List<String> dense =
        file.tensors().entrySet().stream()
            .filter(entry -> entry.getValue().shape().size() == 2)
            .map(Map.Entry::getKey)
            .filter(name -> name.endsWith(KERNEL))
            .map(name -> name.substring(0, name.length() - KERNEL.length()))
            .toList();
    return dense.size() == 1 ? dense.get(0) : CLASSIFIER;
  }
}

package dev.lakelens.checkpoint;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Canonical tensors of Keras' names and layouts. Names that no EfficientNet of Keras has stay as
 * they are, so that the check against the architecture lists them.
 */
final class KerasNames {
  private static final Pattern BLOCK = Pattern.compile("block([1-9])([a-z])_([a-z_]+)");

  /** Keras 3 calls a depthwise kernel {@code kernel}, Keras 2 {@code depthwise_kernel}. */
  private static final Pattern DEPTHWISE = Pattern.compile(".*dwconv/(depthwise_)?kernel");

  private static final Map<String, String> OUTSIDE_BLOCKS =
      Map.of(
          "stem_conv", "conv_stem",
          "stem_bn", "bn1",
          "top_conv", "conv_head",
          "top_bn", "bn2");

  private static final Map<String, String> WITH_EXPANSION =
      Map.of(
          "expand_conv", "conv_pw",
          "expand_bn", "bn1",
          "dwconv", "conv_dw",
          "bn", "bn2",
          "se_reduce", "se.conv_reduce",
          "se_expand", "se.conv_expand",
          "project_conv", "conv_pwl",
          "project_bn", "bn3");

  private static final Map<String, String> WITHOUT_EXPANSION =
      Map.of(
          "dwconv", "conv_dw",
          "bn", "bn1",
          "se_reduce", "se.conv_reduce",
          "se_expand", "se.conv_expand",
          "project_conv", "conv_pw",
          "project_bn", "bn2");

  private static final Map<String, String> WEIGHTS =
      Map.of(
          "kernel", "weight",
          "depthwise_kernel", "weight",
          "bias", "bias",
          "gamma", "weight",
          "beta", "bias",
          "moving_mean", "running_mean",
          "moving_variance", "running_var");

  private final String source;
  private final Map<String, Tensor> keras;
  private final Set<String> classifiers;

  private KerasNames(WeightFile file) {
    this.source = file.source();
    this.keras = file.tensors();
    this.classifiers = classifiers(file);
  }

  /** Whether the file's names are those that Keras gives. */
  static boolean areIn(WeightFile file) {
    return file.tensors().keySet().stream().anyMatch(name -> name.endsWith("/kernel"));
  }

  /**
   * All tensors but those of the layer {@code normalization}, which prepares pixels.
   *
   * @throws ModelException where two names have one canonical name
   */
  static Tensors canonical(WeightFile file) {
    return new KerasNames(file).canonical();
  }

  private Tensors canonical() {
    Map<String, Tensor> tensors = new TreeMap<>();
    keras.forEach(
        (name, tensor) -> {
          if (!KerasNormalization.owns(name)) {
            put(tensors, name, tensor);
          }
        });
    return new Tensors(tensors);
  }

  private void put(Map<String, Tensor> tensors, String name, Tensor tensor) {
    String canonical = canonical(name);
    if (tensors.put(canonical, inCanonicalLayout(name, tensor)) != null) {
      throw new ModelException("%s has two tensors for %s".formatted(source, canonical));
    }
  }

  private String canonical(String name) {
    int slash = name.lastIndexOf('/');
    String layer = layer(name.substring(0, Math.max(slash, 0)));
    String weight = WEIGHTS.getOrDefault(name.substring(slash + 1), "");
    return layer.isEmpty() || weight.isEmpty() ? name : layer + "." + weight;
  }

  private String layer(String keras) {
    Matcher block = BLOCK.matcher(keras);
    if (block.matches()) {
      int stage = block.group(1).charAt(0) - '1';
      int index = block.group(2).charAt(0) - 'a';
      Map<String, String> parts = stage == 0 ? WITHOUT_EXPANSION : WITH_EXPANSION;
      String part = parts.getOrDefault(block.group(3), "");
      return part.isEmpty() ? "" : "blocks.%d.%d.%s".formatted(stage, index, part);
    }
    return classifiers.contains(keras) ? "classifier" : OUTSIDE_BLOCKS.getOrDefault(keras, "");
  }

  private static Tensor inCanonicalLayout(String name, Tensor tensor) {
    if (!name.endsWith("kernel")) {
      return tensor;
    }
    return switch (tensor.shape().size()) {
      case 2 -> Axes.permuted(tensor, 1, 0); // [in, out]
      case 4 ->
          DEPTHWISE.matcher(name).matches()
              ? Axes.permuted(tensor, 2, 3, 0, 1) // [height, width, channels, 1]
              : Axes.permuted(tensor, 3, 2, 0, 1); // [height, width, in, out]
      default -> tensor;
    };
  }

  /** The only dense layer, whatever its name: {@code predictions}, {@code probs}, one's own. */
  private static Set<String> classifiers(WeightFile file) {
    List<String> dense =
        file.tensors().entrySet().stream()
            .filter(entry -> entry.getValue().shape().size() == 2)
            .map(Map.Entry::getKey)
            .filter(name -> name.endsWith("/kernel"))
            .map(name -> name.substring(0, name.lastIndexOf('/')))
            .toList();
    return dense.size() == 1 ? Set.copyOf(dense) : Set.of();
  }
}

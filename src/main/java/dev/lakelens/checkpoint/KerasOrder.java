package dev.lakelens.checkpoint;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Variant;
import dev.lakelens.weights.WeightFile;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names the layers of Keras files without names, where {@code conv2d_5} is the sixth convolution:
 * they are those of the EfficientNet that has as many of each class, in the order in which Keras
 * makes them. Their shapes are not looked at here.
 */
final class KerasOrder {
  private static final String DEPTHWISE = "depthwise_conv2d";
  private static final Pattern LAYER =
      Pattern.compile(
          "(?<model>(?:.*/)?)(?<class>conv2d|depthwise_conv2d|batch_normalization)"
              + "(?:_(?<number>\\d{1,6}))?");

  private KerasOrder() {}

  /** A layer that is called by its class and number, in a model with a slash behind, or in none. */
  private record Layer(String path, String model, String layerClass, int number) {
    static Optional<Layer> of(String path) {
      Matcher matcher = LAYER.matcher(path);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String number = matcher.group("number") == null ? "0" : matcher.group("number");
      return Optional.of(
          new Layer(
              path, matcher.group("model"), matcher.group("class"), Integer.parseInt(number)));
    }
  }

  /**
   * The same tensors by the layers' own names, without names of enclosing models; the file itself
   * where no depthwise convolution is called by its class.
   *
   * @throws ModelException where no EfficientNet has as many layers of each class, or two tensors
   *     get one name
   */
  static WeightFile named(WeightFile file) {
    List<Layer> layers =
        file.tensors().keySet().stream()
            .map(KerasOrder::layer)
            .distinct()
            .flatMap(path -> Layer.of(path).stream())
            .toList();
    Optional<String> backbone =
        layers.stream()
            .filter(layer -> layer.layerClass().equals(DEPTHWISE))
            .map(Layer::model)
            .findFirst();
    return backbone
        .map(model -> layers.stream().filter(layer -> layer.model().equals(model)))
        .map(ofBackbone -> renamed(file, names(file, ofBackbone)))
        .orElse(file);
  }

  /** The layers' own names by their paths. */
  private static Map<String, String> names(WeightFile file, Stream<Layer> layers) {
    Map<String, List<String>> paths =
        layers
            .sorted(Comparator.comparingInt(Layer::number))
            .collect(groupingBy(Layer::layerClass, mapping(Layer::path, toList())));
    Map<String, List<String>> own =
        Arrays.stream(Variant.values())
            .map(KerasOrder::byClass)
            .filter(names -> counts(names).equals(counts(paths)))
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelException(
                        "The layers of %s have no names, and no EfficientNet has as many: %s"
                            .formatted(file.source(), counts(paths))));
    Map<String, String> names = new HashMap<>();
    for (Map.Entry<String, List<String>> entry : paths.entrySet()) {
      for (int i = 0; i < entry.getValue().size(); i++) {
        names.put(entry.getValue().get(i), own.get(entry.getKey()).get(i));
      }
    }
    return names;
  }

  private static Map<String, Integer> counts(Map<String, List<String>> byClass) {
    Map<String, Integer> counts = new TreeMap<>();
    byClass.forEach((layerClass, layers) -> counts.put(layerClass, layers.size()));
    return counts;
  }

  /** Layers from the stem to the last norm, in order. */
  private static Map<String, List<String>> byClass(Variant variant) {
    return Naming.KERAS.canonicalNames(Architecture.of(variant)).keySet().stream()
        .map(name -> name.substring(0, name.lastIndexOf('.')))
        .distinct()
        .filter(layer -> !layer.equals(KerasLayout.CLASSIFIER))
        .collect(groupingBy(KerasOrder::layerClass));
  }

  private static String layerClass(String layer) {
    if (layer.endsWith("bn")) {
      return "batch_normalization";
    }
    return layer.endsWith("dwconv") ? DEPTHWISE : "conv2d";
  }

  private static WeightFile renamed(WeightFile file, Map<String, String> names) {
    Map<String, Tensor> tensors = new HashMap<>();
    for (Map.Entry<String, Tensor> entry : file.tensors().entrySet()) {
      String name = renamed(entry.getKey(), names);
      if (tensors.put(name, entry.getValue()) != null) {
        throw new ModelException("%s has two tensors %s".formatted(file.source(), name));
      }
    }
    Set<String> others = new TreeSet<>();
    file.others().forEach(name -> others.add(renamed(name, names)));
    return new WeightFile(file.source(), tensors, others);
  }

  private static String renamed(String name, Map<String, String> names) {
    String layer = layer(name);
    String alone = layer.substring(layer.lastIndexOf('/') + 1);
    return names.getOrDefault(layer, alone) + name.substring(layer.length());
  }

  private static String layer(String name) {
    return name.substring(0, Math.max(name.lastIndexOf('/'), 0));
  }
}

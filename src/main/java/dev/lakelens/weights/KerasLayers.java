package dev.lakelens.weights;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.MBConv;
import dev.lakelens.network.Variant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An EfficientNet's layers as Keras makes them: class by class, in order. */
final class KerasLayers {
  static final String CONVOLUTION = "conv2d";
  static final String DEPTHWISE = "depthwise_conv2d";
  static final String NORM = "batch_normalization";
  static final List<String> CLASSES = List.of(CONVOLUTION, DEPTHWISE, NORM);

  private final Map<String, List<String>> names = new HashMap<>();
  private final Map<String, List<List<Integer>>> shapes = new HashMap<>();

  private KerasLayers(Architecture architecture) {
    addConvolution("stem_conv", 3, 3, architecture.stem());
    addNorm("stem_bn", architecture.stem());
    architecture.blocks().forEach(this::add);
    List<MBConv> blocks = architecture.blocks();
    int last = blocks.get(blocks.size() - 1).out();
    addConvolution("top_conv", 1, last, architecture.features());
    addNorm("top_bn", architecture.features());
  }

  /**
   * @param found shapes of the first tensors of a class's layers, in order
   * @param source name of the file, for messages
   * @throws ModelException where no EfficientNet has these layers
   */
  static KerasLayers matching(Function<String, List<List<Integer>>> found, String source) {
    return Arrays.stream(Variant.values())
        .map(variant -> new KerasLayers(Architecture.of(variant)))
        .filter(
            layers ->
                CLASSES.stream()
                    .allMatch(name -> layers.shapes.get(name).equals(found.apply(name))))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    ("The layers of %s have no names, and no EfficientNet has these: %d %s, %d %s"
                            + " and %d %s in the shapes that it has")
                        .formatted(
                            source,
                            found.apply(CONVOLUTION).size(),
                            CONVOLUTION,
                            found.apply(DEPTHWISE).size(),
                            DEPTHWISE,
                            found.apply(NORM).size(),
                            NORM)));
  }

  /** Names of the layers of a class, in order. */
  List<String> names(String layerClass) {
    return names.get(layerClass);
  }

  private void add(MBConv block) {
    String prefix = "block" + (block.stage() + 1) + (char) ('a' + block.index()) + "_";
    if (block.expands()) {
      addConvolution(prefix + "expand_conv", 1, block.in(), block.expanded());
      addNorm(prefix + "expand_bn", block.expanded());
    }
    int kernel = block.kernel();
    add(DEPTHWISE, prefix + "dwconv", List.of(kernel, kernel, block.expanded(), 1));
    addNorm(prefix + "bn", block.expanded());
    if (block.squeezes()) {
      addConvolution(prefix + "se_reduce", 1, block.expanded(), block.squeezed());
      addConvolution(prefix + "se_expand", 1, block.squeezed(), block.expanded());
    }
    addConvolution(prefix + "project_conv", 1, block.expanded(), block.out());
    addNorm(prefix + "project_bn", block.out());
  }

  private void addConvolution(String name, int kernel, int in, int out) {
    add(CONVOLUTION, name, List.of(kernel, kernel, in, out));
  }

  private void addNorm(String name, int channels) {
    add(NORM, name, List.of(channels));
  }

  private void add(String layerClass, String name, List<Integer> shape) {
    names.computeIfAbsent(layerClass, key -> new ArrayList<>()).add(name);
    shapes.computeIfAbsent(layerClass, key -> new ArrayList<>()).add(shape);
  }
}

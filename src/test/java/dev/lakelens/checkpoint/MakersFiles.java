package dev.lakelens.checkpoint;

import dev.lakelens.network.Architecture;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import dev.lakelens.network.Variant;
import dev.lakelens.weights.WeightFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Weight files as their makers write them, of synthetic tensors. */
final class MakersFiles {
  private static final Pattern BLOCK = Pattern.compile("blocks\\.(\\d)\\.(\\d+)\\.(.*)");

  private static final Map<String, String> KERAS_NORM =
      Map.of(
          "weight", "gamma",
          "bias", "beta",
          "running_mean", "moving_mean",
          "running_var", "moving_variance");

  private MakersFiles() {}

  static Tensors synthetic(Variant variant, int classes) {
    return SyntheticWeights.of(Architecture.of(variant), classes);
  }

  static WeightFile timm(String source, Variant variant, int classes) {
    Tensors zeros = SyntheticWeights.zeros(Architecture.of(variant), classes);
    return new WeightFile(source, zeros.byName(), Set.of());
  }

  static WeightFile prefixed(WeightFile file, String prefix) {
    Map<String, Tensor> tensors = new HashMap<>();
    file.tensors().forEach((name, tensor) -> tensors.put(prefix + name, tensor));
    Set<String> others = new HashSet<>();
    file.others().forEach(name -> others.add(prefix + name));
    return new WeightFile(file.source(), tensors, others);
  }

  static WeightFile with(WeightFile file, Map<String, Tensor> more) {
    Map<String, Tensor> tensors = new HashMap<>(file.tensors());
    tensors.putAll(more);
    return new WeightFile(file.source(), tensors, file.others());
  }

  static WeightFile without(WeightFile file, String start) {
    Map<String, Tensor> tensors = new HashMap<>(file.tensors());
    tensors.keySet().removeIf(name -> name.startsWith(start));
    return new WeightFile(file.source(), tensors, file.others());
  }

  static WeightFile called(WeightFile file, String source) {
    return new WeightFile(source, file.tensors(), file.others());
  }

  /** RangiLyu's names; in blocks they are those of efficientnet_pytorch. */
  static WeightFile rangilyu(Tensors canonical) {
    Map<String, Tensor> tensors = new HashMap<>();
    canonical.byName().forEach((name, tensor) -> tensors.put(rangilyu(name), tensor));
    return new WeightFile("efficientnet_lite0.pth", tensors, Set.of("stem.1.num_batches_tracked"));
  }

  private static String rangilyu(String name) {
    Matcher block = BLOCK.matcher(name);
    if (!block.matches()) {
      return name.replace("conv_stem", "stem.0")
          .replace("conv_head", "head.0")
          .replace("bn1", "stem.1")
          .replace("bn2", "head.1")
          .replace("classifier", "fc");
    }
    boolean first = block.group(1).equals("0");
    int dot = block.group(3).lastIndexOf('.');
    String part =
        switch (block.group(3).substring(0, dot)) {
          case "conv_pw" -> first ? "_project_conv" : "_expand_conv";
          case "bn1" -> first ? "_bn1" : "_bn0";
          case "conv_dw" -> "_depthwise_conv";
          case "bn2" -> first ? "_bn2" : "_bn1";
          case "conv_pwl" -> "_project_conv";
          case "bn3" -> "_bn2";
          default -> throw new IllegalArgumentException(name);
        };
    return "blocks.%s.%s.%s%s"
        .formatted(block.group(1), block.group(2), part, block.group(3).substring(dot));
  }

  /**
   * Keras's names and order of dimensions.
   *
   * @param depthwise what the weight of a depthwise convolution is called
   */
  static WeightFile keras(Tensors canonical, String depthwise) {
    Map<String, Tensor> tensors = new HashMap<>();
    canonical
        .byName()
        .forEach(
            (name, tensor) ->
                tensors.put(kerasName(name, depthwise), kerasTensor(kerasLayer(name), tensor)));
    tensors.put("normalization/mean", Tensor.vector(0.485f, 0.456f, 0.406f));
    tensors.put("normalization/variance", Tensor.vector(0.229f, 0.224f, 0.225f));
    return new WeightFile("efficientnetb0.h5", tensors, Set.of("normalization/count", "rescaling"));
  }

  /** Keras's name of a tensor with a canonical name. */
  static String kerasName(String name, String depthwise) {
    String layer = kerasLayer(name);
    return layer + "/" + kerasWeight(layer, name.substring(name.lastIndexOf('.') + 1), depthwise);
  }

  private static String kerasLayer(String name) {
    String layer = name.substring(0, name.lastIndexOf('.'));
    Matcher block = BLOCK.matcher(layer);
    if (!block.matches()) {
      return Map.of(
              "conv_stem", "stem_conv",
              "bn1", "stem_bn",
              "conv_head", "top_conv",
              "bn2", "top_bn",
              "classifier", "predictions")
          .get(layer);
    }
    boolean first = block.group(1).equals("0");
    String part =
        switch (block.group(3)) {
          case "conv_pw" -> first ? "project_conv" : "expand_conv";
          case "bn1" -> first ? "bn" : "expand_bn";
          case "conv_dw" -> "dwconv";
          case "bn2" -> first ? "project_bn" : "bn";
          case "se.conv_reduce" -> "se_reduce";
          case "se.conv_expand" -> "se_expand";
          case "conv_pwl" -> "project_conv";
          case "bn3" -> "project_bn";
          default -> throw new IllegalArgumentException(layer);
        };
    char letter = "abcdefghijklm".charAt(Integer.parseInt(block.group(2)));
    return "block%d%c_%s".formatted(Integer.parseInt(block.group(1)) + 1, letter, part);
  }

  private static String kerasWeight(String layer, String weight, String depthwise) {
    if (layer.endsWith("bn")) {
      return KERAS_NORM.get(weight);
    }
    if (weight.equals("bias")) {
      return "bias";
    }
    return layer.endsWith("dwconv") ? depthwise : "kernel";
  }

  private static Tensor kerasTensor(String layer, Tensor tensor) {
    List<Integer> s = tensor.shape();
    return switch (s.size()) {
      case 4 ->
          layer.endsWith("dwconv")
              ? hwio(tensor, List.of(s.get(2), s.get(3), s.get(0), s.get(1)))
              : hwio(tensor, List.of(s.get(2), s.get(3), s.get(1), s.get(0)));
      case 2 ->
          hwio(
              new Tensor(List.of(s.get(0), s.get(1), 1, 1), tensor.data()),
              List.of(s.get(1), s.get(0)));
      default -> tensor;
    };
  }

  /** Writes [out, in, h, w] as [h, w, in, out]; a depthwise kernel has one of the two middle. */
  private static Tensor hwio(Tensor tensor, List<Integer> shape) {
    int out = tensor.shape().get(0);
    int in = tensor.shape().get(1);
    int height = tensor.shape().get(2);
    int width = tensor.shape().get(3);
    ByteBuffer data =
        ByteBuffer.allocate(4 * out * in * height * width).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer from = tensor.floats();
    for (int h = 0; h < height; h++) {
      for (int w = 0; w < width; w++) {
        for (int i = 0; i < in; i++) {
          for (int o = 0; o < out; o++) {
            data.putFloat(from.get(((o * in + i) * height + h) * width + w));
          }
        }
      }
    }
    return new Tensor(shape, data.flip());
  }
}

package dev.lakelens.weights;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names the tensors of Keras 3, which are numbered: {@code layers/conv2d_5/vars/0} is the first
 * tensor of the sixth layer of its class. New files keep the layer's own name beside it; in others
 * the layer is called {@code conv2d_5}, behind the models around it.
 */
final class Keras3Names {
  private static final Pattern WEIGHT =
      Pattern.compile(
          "(?<layer>(?:.*/)?layers/(?<class>[a-z0-9_]+?)(?:_\\d+)?)/vars/(?<weight>\\d{1,6})");

  private static final Map<String, List<String>> WEIGHTS =
      Map.of(
          "conv2d", List.of("kernel", "bias"),
          "depthwise_conv2d", List.of("kernel", "bias"),
          "batch_normalization", List.of("gamma", "beta", "moving_mean", "moving_variance"),
          "dense", List.of("kernel", "bias"),
          "normalization", List.of("mean", "variance", "count"));

  private Keras3Names() {}

  /** Whether a path is one of Keras 3. */
  static boolean isWeight(String path) {
    return WEIGHT.matcher(path).matches();
  }

  /** Names {@code layer/weight} of all datasets but the optimizer's, by path. */
  static Map<String, String> byPath(Hdf5.Contents contents) {
    Map<String, String> names = new TreeMap<>();
    for (String path : contents.paths()) {
      Matcher matcher = WEIGHT.matcher(path);
      if (matcher.matches()) {
        String own = contents.groups().getOrDefault(matcher.group("layer") + "/vars", "");
        String layer = own.isEmpty() ? withoutContainers(matcher.group("layer")) : own;
        names.put(path, layer + "/" + weight(matcher.group("class"), matcher.group("weight")));
      }
    }
    return names;
  }

  private static String weight(String layerClass, String number) {
    List<String> names = WEIGHTS.getOrDefault(layerClass, List.of());
    int index = Integer.parseInt(number);
    return index < names.size() ? names.get(index) : number;
  }

  private static String withoutContainers(String layer) {
    return layer.replaceAll("(^|/)layers/", "$1");
  }
}

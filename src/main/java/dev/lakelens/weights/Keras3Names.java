package dev.lakelens.weights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names the tensors of Keras 3, which are numbered: {@code layers/conv2d_5/vars/0} is the first
 * tensor of the sixth layer of its class. New files keep the layer's own name beside it; in others
 * the layers are those of the EfficientNet that has as many, of the same shapes in the same order.
 */
final class Keras3Names {
  private static final Pattern WEIGHT =
      Pattern.compile("((?:.*/)?layers/)([a-z0-9_]+?)(?:_(\\d{1,6}))?/vars/(\\d{1,6})");

  private static final Map<String, List<String>> WEIGHTS =
      Map.of(
          KerasLayers.CONVOLUTION,
          List.of("kernel", "bias"),
          KerasLayers.DEPTHWISE,
          List.of("kernel", "bias"),
          KerasLayers.NORM,
          List.of("gamma", "beta", "moving_mean", "moving_variance"),
          "dense",
          List.of("kernel", "bias"),
          "normalization",
          List.of("mean", "variance", "count"));

  private final Hdf5.Contents contents;
  private final String source;

  /** A tensor's place: the model around the layer, the layer's class and number, its own number. */
  private record Place(String path, String model, String layerClass, int layer, int weight) {
    static Optional<Place> of(String path) {
      Matcher matcher = WEIGHT.matcher(path);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String number = matcher.group(3) == null ? "0" : matcher.group(3);
      return Optional.of(
          new Place(
              path,
              matcher.group(1),
              matcher.group(2),
              Integer.parseInt(number),
              Integer.parseInt(matcher.group(4))));
    }

    String vars() {
      return path.substring(0, path.lastIndexOf('/'));
    }

    String weightName() {
      List<String> names = WEIGHTS.getOrDefault(layerClass, List.of());
      return weight < names.size() ? names.get(weight) : String.valueOf(weight);
    }
  }

  private Keras3Names(Hdf5.Contents contents, String source) {
    this.contents = contents;
    this.source = source;
  }

  /** Whether a path is one of Keras 3. */
  static boolean isWeight(String path) {
    return WEIGHT.matcher(path).matches();
  }

  /**
   * @return names {@code layer/weight} of all datasets but the optimizer's, by path
   * @throws dev.lakelens.model.ModelException where layers have no names and are not in the order
   *     of an EfficientNet
   */
  static Map<String, String> byPath(Hdf5.Contents contents, String source) {
    return new Keras3Names(contents, source).byPath();
  }

  private Map<String, String> byPath() {
    List<Place> floats = places(contents.floats().keySet());
    boolean nameless = floats.stream().anyMatch(place -> ownName(place).isEmpty());
    Map<String, String> layers = nameless ? layersByOrder(floats) : Map.of();
    Map<String, String> names = new TreeMap<>();
    for (Place place : places(contents.paths())) {
      String own = nameless ? "" : ownName(place);
      String layer = own.isEmpty() ? layers.getOrDefault(place.vars(), place.vars()) : own;
      names.put(place.path(), layer + "/" + place.weightName());
    }
    return names;
  }

  private static List<Place> places(Collection<String> paths) {
    return paths.stream().flatMap(path -> Place.of(path).stream()).toList();
  }

  private String ownName(Place place) {
    return contents.groups().getOrDefault(place.vars(), "");
  }

  private Map<String, String> layersByOrder(List<Place> places) {
    List<Place> firsts =
        places.stream()
            .filter(place -> place.weight() == 0)
            .sorted(Comparator.comparingInt(Place::layer))
            .toList();
    String backbone =
        firsts.stream()
            .filter(place -> place.layerClass().equals(KerasLayers.DEPTHWISE))
            .findFirst()
            .map(Place::model)
            .orElse("layers/");
    KerasLayers layers =
        KerasLayers.matching(layerClass -> shapes(firsts, backbone, layerClass), source);
    Map<String, String> names = new HashMap<>();
    for (String layerClass : KerasLayers.CLASSES) {
      List<Place> ofClass = ofClass(firsts, backbone, layerClass);
      for (int i = 0; i < ofClass.size(); i++) {
        names.put(ofClass.get(i).vars(), layers.names(layerClass).get(i));
      }
    }
    addOthers(names, firsts);
    return names;
  }

  /** Layers that no EfficientNet has by number keep the name that Keras would give them. */
  private static void addOthers(Map<String, String> names, List<Place> firsts) {
    for (Place place : firsts) {
      String suffix = place.layer() == 0 ? "" : "_" + place.layer();
      names.putIfAbsent(place.vars(), place.layerClass() + suffix);
    }
  }

  private List<List<Integer>> shapes(List<Place> firsts, String model, String layerClass) {
    List<List<Integer>> shapes = new ArrayList<>();
    ofClass(firsts, model, layerClass)
        .forEach(place -> shapes.add(contents.floats().get(place.path()).shape()));
    return shapes;
  }

  private static List<Place> ofClass(List<Place> firsts, String model, String layerClass) {
    return firsts.stream()
        .filter(place -> place.model().equals(model) && place.layerClass().equals(layerClass))
        .toList();
  }
}

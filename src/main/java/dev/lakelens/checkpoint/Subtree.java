package dev.lakelens.checkpoint;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import dev.lakelens.weights.WeightFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The part of a weight file that is a network, without the wrappers around it.
 *
 * @param source name of the file, for messages
 * @param prefix of its names in the file: empty, or wrappers with a dot behind each
 * @param naming what its maker calls layers
 * @param tensors by the maker's names, without the prefix
 * @param others names of tensors that are no floats, without the prefix
 * @param beside names in the file that are not in this part
 */
record Subtree(
    String source,
    String prefix,
    Naming naming,
    SortedMap<String, Tensor> tensors,
    SortedSet<String> others,
    List<String> beside) {

  /** Averages of weights over the training, which its maker evaluates with. */
  private static final Set<String> AVERAGES = Set.of("state_dict_ema", "model_ema");

  private static final Set<String> WRAPPERS =
      Set.of(
          "state_dict",
          "model",
          "module", // torch.nn.parallel.DistributedDataParallel
          "_orig_mod", // torch.compile
          "timm_model", // timm inside transformers
          "backbone",
          "encoder",
          "net");

  /** Where a first convolution lies. */
  private record Stem(String prefix, Naming naming) {
    boolean averaged() {
      return AVERAGES.stream().anyMatch(average -> prefix.startsWith(average + "."));
    }
  }

  /**
   * Finds the one network in a file; of a network and its average, the average.
   *
   * @throws ModelException where there is none that has EfficientNet's names, or more than one
   */
  static Subtree of(WeightFile file) {
    List<Stem> stems = stems(file);
    if (stems.stream().anyMatch(Stem::averaged)) {
      stems = stems.stream().filter(Stem::averaged).toList();
    }
    if (stems.isEmpty()) {
      LookAlike.refuseByNames(file);
      throw unknown(file);
    }
    if (stems.size() > 1) {
      throw new ModelException(
          "%s holds %d networks, under %s; save one of them alone"
              .formatted(file.source(), stems.size(), stems.stream().map(Stem::prefix).toList()));
    }
    return part(file, stems.get(0));
  }

  /** Whether there is a tensor of that name. */
  boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** A dimension of a tensor's shape, 0 where there is no such tensor or dimension. */
  int size(String name, int dimension) {
    Tensor tensor = tensors.get(name);
    return tensor == null || tensor.shape().size() <= dimension ? 0 : tensor.shape().get(dimension);
  }

  private static List<Stem> stems(WeightFile file) {
    List<Stem> stems = new ArrayList<>();
    for (String name : file.tensors().keySet()) {
      for (Naming naming : Naming.values()) {
        if (name.endsWith(naming.stem())) {
          String prefix = name.substring(0, name.length() - naming.stem().length());
          if (prefix.isEmpty() || (prefix.endsWith(".") && wraps(prefix))) {
            stems.add(new Stem(prefix, naming));
          }
        }
      }
    }
    return stems;
  }

  private static boolean wraps(String prefix) {
    return Arrays.stream(prefix.substring(0, prefix.length() - 1).split("\\.", -1))
        .allMatch(part -> WRAPPERS.contains(part) || AVERAGES.contains(part));
  }

  private static Subtree part(WeightFile file, Stem stem) {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    SortedSet<String> others = new TreeSet<>();
    List<String> beside = new ArrayList<>();
    int cut = stem.prefix().length();
    file.tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(stem.prefix())) {
                tensors.put(name.substring(cut), tensor);
              } else {
                beside.add(name);
              }
            });
    for (String name : file.others()) {
      if (name.startsWith(stem.prefix())) {
        others.add(name.substring(cut));
      } else {
        beside.add(name);
      }
    }
    return new Subtree(file.source(), stem.prefix(), stem.naming(), tensors, others, beside);
  }

  private static ModelException unknown(WeightFile file) {
    String stems =
        Arrays.stream(Naming.values()).map(Naming::stem).collect(Collectors.joining(", "));
    return new ModelException(
        "%s holds no EfficientNet: it has no tensor called %s, alone or under %s; its first are %s"
            .formatted(
                file.source(),
                stems,
                new TreeSet<>(WRAPPERS),
                file.tensors().keySet().stream().limit(5).toList()));
  }
}

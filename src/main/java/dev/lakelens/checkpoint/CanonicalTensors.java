package dev.lakelens.checkpoint;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.Faults;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives the tensors of a network their canonical names. */
final class CanonicalTensors {
  /** Integers that count training steps, in PyTorch's batch normalisation and averages. */
  private static final List<String> COUNTERS = List.of("num_batches_tracked", "n_averaged");

  private final Subtree part;
  private final Architecture architecture;
  private final Map<String, Tensor> canonical = new HashMap<>();
  private final Map<String, String> makersNames = new HashMap<>();
  private final List<String> unknown = new ArrayList<>();

  private CanonicalTensors(Subtree part, Architecture architecture) {
    this.part = part;
    this.architecture = architecture;
    Map<String, String> names = part.naming().canonicalNames(architecture);
    names.forEach((makers, name) -> makersNames.put(name, makers));
    part.tensors().forEach((makers, tensor) -> put(makers, names.get(makers), tensor));
    part.others().stream().filter(name -> !counts(name)).forEach(unknown::add);
  }

  /**
   * @throws ModelException where a tensor is missing, misshapen or unknown; its sentence lists them
   *     by the maker's names
   */
  static Tensors of(Subtree part, Architecture architecture) {
    return new CanonicalTensors(part, architecture).checked();
  }

  private void put(String makers, String name, Tensor tensor) {
    if (name == null) {
      unknown.add(makers);
    } else {
      canonical.put(name, tensor);
    }
  }

  private Tensors checked() {
    Tensors tensors = new Tensors(canonical);
    List<String> faults = new ArrayList<>(tensors.faults(architecture, this::makersName));
    if (narrower(faults.size())) {
      throw new ModelException(
          ("%s is a pruned EfficientNet: it has the layers of %s, and %d of its "
                  + "tensors are narrower; Lakelens runs the published widths only")
              .formatted(part.source(), architecture.variant().text(), faults.size()));
    }
    unknown.forEach(name -> faults.add(part.prefix() + name + " is unknown"));
    if (!faults.isEmpty()) {
      throw new ModelException(
          "%s is like an EfficientNet %s, but not one: %s"
              .formatted(part.source(), architecture.variant().text(), Faults.listing(faults)));
    }
    return tensors;
  }

  /** Whether all tensors are there, and nothing else, and many have another shape. */
  private boolean narrower(int misshapen) {
    boolean complete = canonical.keySet().containsAll(withoutClassifier());
    return complete && unknown.isEmpty() && misshapen > canonical.size() / 10;
  }

  private List<String> withoutClassifier() {
    return makersNames.keySet().stream().filter(name -> !name.startsWith("classifier.")).toList();
  }

  private String makersName(String name) {
    return part.prefix() + makersNames.get(name);
  }

  private static boolean counts(String name) {
    return COUNTERS.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}

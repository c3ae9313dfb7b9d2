package dev.lakelens.weights;

import dev.lakelens.model.ModelException;
import dev.lakelens.weights.PickleValue.Dictionary;
import dev.lakelens.weights.PickleValue.Global;
import dev.lakelens.weights.PickleValue.Opaque;
import dev.lakelens.weights.PickleValue.Sequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the names in a PyTorch file stand for: dictionaries, storages, tensors, and values that are
 * passed over. Every other name is refused, whether it is called or not.
 */
final class TorchObjects implements PickleReader.Objects {
  private static final Set<String> DICTIONARIES =
      Set.of("collections.OrderedDict", "collections.defaultdict", "collections.Counter");
  private static final Set<String> TENSORS =
      Set.of("torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2");

  /** Has a storage of bytes, and names the type of the elements as its seventh argument. */
  private static final String TYPED_TENSOR = "torch._utils._rebuild_tensor_v3";

  private static final Set<String> PARAMETERS =
      Set.of("torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state");

  /** Calls its first argument with its third, for tensors that have attributes. */
  private static final String TENSOR_OF_TYPE = "torch._tensor._rebuild_from_type_v2";

  /** The types that have no class of storages. */
  private static final Map<String, ElementType> TYPES =
      Map.of(
          "torch.uint16", ElementType.U16,
          "torch.uint32", ElementType.U32,
          "torch.uint64", ElementType.U64,
          "torch.float8_e4m3fn", ElementType.F8_E4M3,
          "torch.float8_e5m2", ElementType.F8_E5M2,
          "torch.float8_e8m0fnu", ElementType.F8_E8M0);

  private static final int MAX_PAIRS = 1 << 20; // each call copies those of a list, which is shared

  private final WeightSource source;
  private final Map<String, TorchStorage> storages = new HashMap<>();
  private Optional<Global> unknown = Optional.empty();
  private long pairs; // that were copied

  TorchObjects(WeightSource source) {
    this.source = source;
  }

  /** The storages that the pickle names, by their keys. */
  Map<String, TorchStorage> storages() {
    return storages;
  }

  /**
   * @throws ModelException where the pickle named something unknown, even if it did not use it
   */
  void requireAllKnown() {
    if (unknown.isPresent()) {
      throw source.refused(
          "names %s, which no weight file needs; save the model's state_dict alone",
          unknown.get().name());
    }
  }

  @Override
  public void named(Global global) {
    if (unknown.isEmpty() && !isKnown(global)) {
      unknown = Optional.of(global);
    }
  }

  @Override
  public Object call(Global function, List<Object> arguments) {
    String name = function.name();
    if (name.equals(TENSOR_OF_TYPE)) {
      return tensorOfType(arguments);
    }
    if (PARAMETERS.contains(name)) {
      source.require(
          !arguments.isEmpty() && arguments.get(0) instanceof TorchTensor,
          "its pickle makes a parameter without a tensor");
      return arguments.get(0);
    }
    return value(function, arguments)
        .orElseThrow(
            () -> source.refused("calls %s, which no weight file needs; it was not run", name));
  }

  @Override
  public Object instance(Global type, List<Object> arguments) {
    if (DICTIONARIES.contains(type.name()) || PythonNames.isHarmless(type.name())) {
      return value(type, arguments).orElseThrow();
    }
    throw source.refused(
        "holds an object of the class %s, which is not read; save the model's state_dict instead, "
            + "as torch.save(model.state_dict(), \"weights.pth\") does",
        type.name());
  }

  /** Old files name classes of modules as they name storages, for the sake of their source code. */
  @Override
  public Object persistent(Object id) {
    if (id instanceof Sequence sequence && sequence.items().size() >= 2) {
      List<Object> items = sequence.items();
      if (items.get(0).equals("storage")) {
        return storage(TorchStorage.of(items.subList(1, items.size()), source));
      }
      if (items.get(0).equals("module") && items.get(1) instanceof Global type) {
        return type;
      }
    }
    throw source.damaged("its pickle names something outside it that is no storage");
  }

  private TorchStorage storage(TorchStorage storage) {
    TorchStorage other = storages.putIfAbsent(storage.key(), storage);
    source.require(
        other == null || (other.type() == storage.type() && other.count() == storage.count()),
        "its storage %s has two types or lengths",
        storage.key());
    return storage;
  }

  private Optional<Object> value(Global function, List<Object> arguments) {
    String name = function.name();
    if (DICTIONARIES.contains(name)) {
      return Optional.of(dictionary(arguments));
    }
    if (TENSORS.contains(name)) {
      return Optional.of(TorchTensor.of(arguments, source));
    }
    if (name.equals(TYPED_TENSOR)) {
      return Optional.of(typedTensor(arguments));
    }
    return PythonNames.isHarmless(name) ? Optional.of(Opaque.VALUE) : Optional.empty();
  }

  /** Ordered dictionaries of Python 2 are made of a list of pairs. */
  private Dictionary dictionary(List<Object> arguments) {
    Dictionary dictionary = new Dictionary();
    if (arguments.size() == 1 && arguments.get(0) instanceof Sequence list) {
      pairs += list.items().size();
      source.require(
          pairs <= MAX_PAIRS, "its pickle makes dictionaries of over %d pairs", MAX_PAIRS);
      for (Object item : list.items()) {
        if (!(item instanceof Sequence pair) || pair.items().size() != 2) {
          throw source.damaged("its pickle makes a dictionary of other than pairs");
        }
        dictionary.put(pair.items().get(0), pair.items().get(1));
      }
    }
    return dictionary;
  }

  private TorchTensor typedTensor(List<Object> arguments) {
    TorchTensor tensor = TorchTensor.of(arguments, source);
    if (arguments.size() > 6
        && arguments.get(6) instanceof Global type
        && TYPES.containsKey(type.name())) {
      return tensor.as(TYPES.get(type.name()));
    }
    throw source.damaged("its pickle makes a tensor of no known type");
  }

  private Object tensorOfType(List<Object> arguments) {
    if (arguments.size() >= 3
        && arguments.get(0) instanceof Global function
        && arguments.get(2) instanceof Sequence inner) {
      return value(function, inner.items())
          .orElseThrow(
              () ->
                  source.refused(
                      "calls %s, which no weight file needs; it was not run", function.name()));
    }
    throw source.damaged("its pickle makes a tensor of no known function");
  }

  private static boolean isKnown(Global global) {
    String name = global.name();
    return DICTIONARIES.contains(name)
        || TENSORS.contains(name)
        || PARAMETERS.contains(name)
        || TYPES.containsKey(name)
        || name.equals(TYPED_TENSOR)
        || name.equals(TENSOR_OF_TYPE)
        || TorchStorage.isStorage(global)
        || PythonNames.isHarmless(name);
  }
}

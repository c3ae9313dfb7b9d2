package dev.lakelens.weights;

import dev.lakelens.network.Tensor;
import dev.lakelens.weights.PickleValue.Dictionary;
import dev.lakelens.weights.PickleValue.Sequence;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Collects the tensors of nested dictionaries and lists; their names are the keys and indices on
 * the way, joined by dots.
 */
final class TorchTensors {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NAME = 512; // characters
  private static final int MAX_TENSORS = 1 << 15;
  private static final int MAX_VISITS = 1 << 20;

  private final WeightSource source;
  private final Function<TorchStorage, ByteBuffer> storages;
  private final SortedMap<String, Tensor> tensors = new TreeMap<>();
  private final Set<String> others = new TreeSet<>();

  /** A tensor under two names is converted once. */
  private final IdentityHashMap<TorchTensor, Tensor> converted = new IdentityHashMap<>();

  private long copyBudget;
  private int visits;

  /**
   * @param storages gives a storage's bytes, little-endian
   * @param copyBudget bytes that tensors may have besides those of the file
   */
  TorchTensors(WeightSource source, Function<TorchStorage, ByteBuffer> storages, long copyBudget) {
    this.source = source;
    this.storages = storages;
    this.copyBudget = copyBudget;
  }

  /**
   * @param root of the pickle
   */
  WeightFile collect(Object root) {
    if (root instanceof TorchTensor) {
      throw source.refused("holds one tensor without a name; save a state_dict");
    }
    visit("", root, 0);
    if (tensors.isEmpty() && others.isEmpty()) {
      throw source.refused("holds no tensors; save the model's state_dict");
    }
    return new WeightFile(source.name(), tensors, others);
  }

  private void visit(String name, Object value, int depth) {
    source.require(++visits <= MAX_VISITS, "it holds over %d values", MAX_VISITS);
    if (value instanceof TorchTensor tensor) {
      add(name, tensor);
    } else if (value instanceof Dictionary dictionary) {
      for (Map.Entry<Object, Object> item : dictionary.entries()) {
        visitItem(name, item.getKey(), item.getValue(), depth);
      }
    } else if (value instanceof Sequence sequence) {
      long index = 0;
      for (Object item : sequence.items()) {
        visitItem(name, index++, item, depth);
      }
    }
  }

  /** Keys other than text and integers are written as a question mark. */
  private void visitItem(String parent, Object key, Object value, int depth) {
    if (value instanceof TorchTensor || value instanceof Dictionary || value instanceof Sequence) {
      source.require(depth < MAX_DEPTH, "its dictionaries are nested over %d deep", MAX_DEPTH);
      String segment = key instanceof String || key instanceof Long ? key.toString() : "?";
      source.require(
          parent.length() + segment.length() < MAX_NAME, "a name has over %d characters", MAX_NAME);
      visit(parent.isEmpty() ? segment : parent + "." + segment, value, depth + 1);
    } else {
      visits++;
    }
  }

  private void add(String name, TorchTensor tensor) {
    source.require(
        tensors.size() + others.size() < MAX_TENSORS, "it holds over %d tensors", MAX_TENSORS);
    source.require(
        !tensors.containsKey(name) && !others.contains(name), "it has two tensors %s", name);
    tensor.requireInside(name, source);
    if (tensor.type().isFloat()) {
      tensors.put(name, converted.computeIfAbsent(tensor, key -> convert(name, key)));
    } else {
      others.add(name);
    }
  }

  private Tensor convert(String name, TorchTensor tensor) {
    copyBudget -= tensor.copiedBytes();
    source.require(
        copyBudget >= 0,
        "%s %s is larger than the file; save a copy of it, as tensor.clone() makes",
        name,
        tensor.shape());
    return tensor.tensor(storages.apply(tensor.storage()));
  }
}

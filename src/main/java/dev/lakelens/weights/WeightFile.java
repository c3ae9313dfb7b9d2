package dev.lakelens.weights;

import dev.lakelens.network.Tensor;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a weight file holds, by the names that its maker gave.
 *
 * @param source name of the file, for messages
 * @param tensors its floats, half precisions widened and doubles rounded to 32 bits, in the file's
 *     own layout; the keys of nested dictionaries are joined by dots, and Keras's are {@code
 *     layer/weight}
 * @param others names of tensors that are no floats, such as {@code bn1.num_batches_tracked}, and
 *     of Keras's layers that rescale pixels, such as {@code rescaling_1}
 */
public record WeightFile(
    String source, SortedMap<String, Tensor> tensors, SortedSet<String> others) {
  public WeightFile {
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    others = Collections.unmodifiableSortedSet(new TreeSet<>(others));
  }

  /** As the record, of maps in any order. */
  public WeightFile(String source, Map<String, Tensor> tensors, Set<String> others) {
    this(source, new TreeMap<>(tensors), new TreeSet<>(others));
  }
}

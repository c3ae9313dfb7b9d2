package dev.lakelens.weights;

import dev.lakelens.weights.PickleValue.Global;
import dev.lakelens.weights.PickleValue.Sequence;
import java.util.List;
import java.util.Map;

/**
 * The elements that tensors are views of.
 *
 * @param key its name in the file
 * @param type of its elements
 * @param count number of its elements
 * @param offset first element that tensors see, of these
 * @param length number of elements that tensors see
 */
record TorchStorage(String key, ElementType type, long count, long offset, long length) {
  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("DoubleStorage", ElementType.F64),
          Map.entry("FloatStorage", ElementType.F32),
          Map.entry("HalfStorage", ElementType.F16),
          Map.entry("BFloat16Storage", ElementType.BF16),
          Map.entry("LongStorage", ElementType.I64),
          Map.entry("IntStorage", ElementType.I32),
          Map.entry("ShortStorage", ElementType.I16),
          Map.entry("CharStorage", ElementType.I8),
          Map.entry("ByteStorage", ElementType.U8),
          Map.entry("BoolStorage", ElementType.BOOL),
          Map.entry("ComplexFloatStorage", ElementType.C64),
          Map.entry("ComplexDoubleStorage", ElementType.C128),
          Map.entry("QInt32Storage", ElementType.I32),
          Map.entry("QInt8Storage", ElementType.I8),
          Map.entry("QUInt8Storage", ElementType.U8),
          Map.entry("UntypedStorage", ElementType.U8));

  /** Whether a name of Python is a class of storages, such as {@code torch.FloatStorage}. */
  static boolean isStorage(Global global) {
    return global.name().startsWith("torch.") && TYPES.containsKey(simpleName(global));
  }

  /**
   * @param id class, key, device and number of elements; in old files also a part of them, as key,
   *     first element and number
   */
  static TorchStorage of(List<Object> id, WeightSource source) {
    if (id.size() >= 4
        && id.get(0) instanceof Global type
        && isStorage(type)
        && id.get(1) instanceof String key
        && id.get(3) instanceof Long count) {
      source.require(
          count >= 0 && count <= Integer.MAX_VALUE, "a storage would have %d elements", count);
      ElementType elements = TYPES.get(simpleName(type));
      if (id.size() > 4 && id.get(4) instanceof Sequence part) {
        return part(new TorchStorage(key, elements, count, 0, count), part.items(), source);
      }
      return new TorchStorage(key, elements, count, 0, count);
    }
    throw source.damaged("its pickle names a storage without class, key and length");
  }

  private static TorchStorage part(TorchStorage whole, List<Object> part, WeightSource source) {
    if (part.size() == 3
        && part.get(1) instanceof Long offset
        && part.get(2) instanceof Long length
        && offset >= 0
        && length >= 0
        && length <= whole.count() - offset) {
      return new TorchStorage(whole.key(), whole.type(), whole.count(), offset, length);
    }
    throw source.damaged("a part of a storage lies outside it");
  }

  /** Bytes of the whole storage. */
  long bytes() {
    return count * type.size();
  }

  private static String simpleName(Global global) {
    return global.name().substring(global.name().lastIndexOf('.') + 1);
  }
}

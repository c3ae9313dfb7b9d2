package dev.lakelens.weights;

import dev.lakelens.network.Tensor;
import dev.lakelens.weights.PickleValue.Sequence;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A view of a storage.
 *
 * @param offset the first element in the storage
 * @param shape its dimensions, outermost first
 * @param strides elements from one index to the next, for each dimension
 */
record TorchTensor(
    TorchStorage storage, ElementType type, long offset, List<Integer> shape, List<Long> strides) {
  private static final int MAX_DIMENSIONS = 64; // PyTorch's limit

  TorchTensor {
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
  }

  /** The same place, read as elements of another type. */
  TorchTensor as(ElementType other) {
    return new TorchTensor(storage, other, offset, shape, strides);
  }

  /**
   * @param arguments of {@code torch._utils._rebuild_tensor}: storage, offset, shape and strides;
   *     more are ignored
   */
  static TorchTensor of(List<Object> arguments, WeightSource source) {
    if (arguments.size() >= 4
        && arguments.get(0) instanceof TorchStorage storage
        && arguments.get(1) instanceof Long offset
        && arguments.get(2) instanceof Sequence shape
        && arguments.get(3) instanceof Sequence strides
        && shape.items().size() == strides.items().size()
        && shape.items().size() <= MAX_DIMENSIONS) {
      List<Integer> dimensions = new ArrayList<>();
      for (long dimension : naturals(shape.items(), source)) {
        source.require(dimension <= Integer.MAX_VALUE, "a tensor has a dimension of %d", dimension);
        dimensions.add((int) dimension);
      }
      return new TorchTensor(
          storage, storage.type(), offset, dimensions, naturals(strides.items(), source));
    }
    throw source.damaged("its pickle makes a tensor without storage, offset, shape and strides");
  }

  private static List<Long> naturals(List<Object> items, WeightSource source) {
    List<Long> naturals = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof Long number) || number < 0) {
        throw source.damaged("a tensor's shape or strides hold other than natural numbers");
      }
      naturals.add(number);
    }
    return naturals;
  }

  /** Whether its elements lie one after the other in the storage, row by row. */
  boolean isContiguous() {
    long stride = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      if (shape.get(i) != 1 && strides.get(i) != stride) {
        return false;
      }
      stride *= shape.get(i);
    }
    return true;
  }

  /** Bytes that {@link #tensor} needs besides the storage. */
  long copiedBytes() {
    return type == ElementType.F32 && isContiguous() ? 0 : Float.BYTES * Tensor.elements(shape);
  }

  /**
   * @throws dev.lakelens.model.ModelException unless all elements lie inside the storage, and are
   *     fewer than 2 GiB of 32-bit floats
   */
  void requireInside(String name, WeightSource source) {
    try {
      long elements = Tensor.elements(shape);
      long end = elements == 0 ? offset : Math.addExact(offset, 1);
      for (int i = 0; i < shape.size() && elements > 0; i++) {
        end = Math.addExact(end, Math.multiplyExact(shape.get(i) - 1L, strides.get(i)));
      }
      source.require(
          offset >= 0
              && Math.multiplyExact(end, type.size()) <= storage.length() * storage.type().size()
              && elements <= Integer.MAX_VALUE / Float.BYTES,
          "%s %s with strides %s from element %d lies outside its storage of %d elements",
          name,
          shape,
          strides,
          offset,
          storage.length());
    } catch (ArithmeticException e) {
      throw source.damaged(e, "%s has the impossible shape %s".formatted(name, shape));
    }
  }

  /**
   * A view of the storage where its elements are 32-bit floats in order, else a copy.
   *
   * @param bytes of the whole storage, little-endian
   */
  Tensor tensor(ByteBuffer bytes) {
    long start = storage.offset() * storage.type().size() + offset * type.size();
    long length = Tensor.elements(shape) * type.size();
    if (isContiguous() || length == 0) {
      return type.tensor(shape, bytes.slice((int) start, (int) length));
    }
    ByteBuffer floats = ByteBuffer.allocate((int) copiedBytes()).order(ByteOrder.LITTLE_ENDIAN);
    gather(bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN), (int) start, 0, floats);
    return new Tensor(shape, floats.flip());
  }

  /** Adds the elements from a dimension on, the first of which lies at a byte. */
  private void gather(ByteBuffer bytes, int first, int dimension, ByteBuffer floats) {
    int step = (int) (strides.get(dimension) * type.size());
    int size = shape.get(dimension);
    if (dimension == shape.size() - 1) {
      for (int i = 0; i < size; i++) {
        floats.putInt(type.bits(bytes, first + i * step));
      }
    } else {
      for (int i = 0; i < size; i++) {
        gather(bytes, first + i * step, dimension + 1, floats);
      }
    }
  }
}

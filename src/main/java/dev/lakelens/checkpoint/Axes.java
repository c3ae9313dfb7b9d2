package dev.lakelens.checkpoint;

import dev.lakelens.network.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** Transposes tensors. */
final class Axes {
  private Axes() {}

  /**
   * A copy with its axes in another order.
   *
   * @param order which of the tensor's axes each of the copy's is
   */
  static Tensor permuted(Tensor tensor, int... order) {
    List<Integer> shape = Arrays.stream(order).mapToObj(tensor.shape()::get).toList();
    int[] strides = strides(tensor.shape());
    int[] steps = Arrays.stream(order).map(axis -> strides[axis]).toArray();
    FloatBuffer from = tensor.floats();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * from.remaining());
    copy(from, 0, bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer(), shape, steps, 0);
    return new Tensor(shape, bytes);
  }

  private static void copy(
      FloatBuffer from, int offset, FloatBuffer to, List<Integer> shape, int[] steps, int axis) {
    if (axis == steps.length) {
      to.put(from.get(offset));
      return;
    }
    for (int i = 0; i < shape.get(axis); i++) {
      copy(from, offset + i * steps[axis], to, shape, steps, axis + 1);
    }
  }

  private static int[] strides(List<Integer> shape) {
    int[] strides = new int[shape.size()];
    int stride = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.get(axis);
    }
    return strides;
  }
}

package dev.lakelens.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A 32-bit float array.
 *
 * @param shape its dimensions, outermost first
 * @param data its elements in row-major order, little-endian, from position to limit; not copied
 */
public record Tensor(List<Integer> shape, ByteBuffer data) {
  public Tensor {
    shape = List.copyOf(shape);
    data = data.slice();
    if (data.remaining() != bytes(shape)) {
      throw new IllegalArgumentException(
          "A tensor %s has %d bytes".formatted(shape, data.remaining()));
    }
  }

  /** A tensor of zeros. */
  public static Tensor zeros(List<Integer> shape) {
    int bytes = Math.toIntExact(bytes(shape));
    return new Tensor(shape, ByteBuffer.allocate(bytes));
  }

  /** A tensor without dimensions. */
  public static Tensor scalar(float value) {
    Tensor tensor = zeros(List.of());
    tensor.floats().put(value);
    return tensor;
  }

  /** A tensor of one dimension. */
  public static Tensor vector(float... values) {
    Tensor tensor = zeros(List.of(values.length));
    tensor.floats().put(values);
    return tensor;
  }

  /** The bytes, with a position of their own. */
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }

  /** The elements, with a position of their own. */
  public FloatBuffer floats() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  /** Whether no element is NaN or infinite. */
  public boolean isFinite() {
    FloatBuffer floats = floats();
    int size = floats.limit();
    for (int i = 0; i < size; i++) {
      if (!Float.isFinite(floats.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static long bytes(List<Integer> shape) {
    return Math.multiplyExact(Float.BYTES, elements(shape));
  }

  /**
   * Number of elements of a shape.
   *
   * @throws ArithmeticException where a {@code long} cannot hold it
   */
  public static long elements(List<Integer> shape) {
    if (shape.stream().anyMatch(dimension -> dimension < 0)) {
      throw new IllegalArgumentException("A tensor cannot have the shape " + shape);
    }
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }
}

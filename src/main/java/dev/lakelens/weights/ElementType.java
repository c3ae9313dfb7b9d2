package dev.lakelens.weights;

import dev.lakelens.network.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** What a stored tensor consists of, by safetensors' names. The floats can become 32-bit floats. */
enum ElementType {
  /** Rounded to the nearest 32-bit float; what is too large becomes infinite. */
  F64(8, true),
  F32(4, true),
  F16(2, true),
  BF16(2, true),
  I64(8, false),
  I32(4, false),
  I16(2, false),
  I8(1, false),
  U64(8, false),
  U32(4, false),
  U16(2, false),
  U8(1, false),
  BOOL(1, false),
  F8_E4M3(1, false),
  F8_E5M2(1, false),
  F8_E8M0(1, false),
  C64(8, false),
  C128(16, false);

  private final int size;
  private final boolean isFloat;

  ElementType(int size, boolean isFloat) {
    this.size = size;
    this.isFloat = isFloat;
  }

  /** Bytes of an element. */
  int size() {
    return size;
  }

  /** Whether 32-bit floats can be made of it. */
  boolean isFloat() {
    return isFloat;
  }

  /**
   * The bits of the 32-bit float that an element becomes.
   *
   * @param bytes little-endian
   * @param at the element's first byte
   */
  int bits(ByteBuffer bytes, int at) {
    return switch (this) {
      case F64 -> Float.floatToRawIntBits((float) bytes.getDouble(at));
      case F32 -> bytes.getInt(at);
      case F16 -> halfToSingle(bytes.getShort(at));
      case BF16 -> bytes.getShort(at) << 16;
      default -> throw new IllegalStateException(this + " is no float");
    };
  }

  /**
   * A tensor of floats: a view of the bytes where they are 32-bit floats, else a copy.
   *
   * @param bytes exactly the shape's elements, row-major, little-endian
   */
  Tensor tensor(List<Integer> shape, ByteBuffer bytes) {
    if (this == F32) {
      return new Tensor(shape, bytes);
    }
    ByteBuffer source = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    int elements = source.limit() / size;
    ByteBuffer floats = ByteBuffer.allocate(elements * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements; i++) {
      floats.putInt(bits(source, i * size));
    }
    return new Tensor(shape, floats.flip());
  }

  private static int halfToSingle(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >>> 10 & 0x1F;
    int fraction = half & 0x3FF;
    if (exponent == 0) { // zero or subnormal
      return sign | Float.floatToRawIntBits(fraction * 0x1p-24f);
    }
    int biased = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
    return sign | biased << 23 | fraction << 13;
  }
}

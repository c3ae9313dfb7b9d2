package dev.lakelens.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ElementTypeTest {
  private final ByteBuffer element = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** By the definition of IEEE 754: sign, 5 bits of exponent, 10 of fraction. */
  @Test
  void widensEveryHalfPrecision() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      element.putShort(0, (short) bits);
      int exponent = bits >> 10 & 31;
      int fraction = bits & 1023;
      double magnitude =
          exponent == 0 ? Math.scalb(fraction, -24) : Math.scalb(1024 + fraction, exponent - 25);
      if (exponent == 31) {
        magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      }
      Float expected = (float) (bits >> 15 == 0 ? magnitude : -magnitude);
      assertThat(Float.intBitsToFloat(ElementType.F16.bits(element, 0))).isEqualTo(expected);
    }
  }

  @Test
  void keepsTheBitsOfBrainFloatsAndRoundsDoubles() {
    element.putShort(0, (short) 0x7FC1); // a NaN
    assertThat(ElementType.BF16.bits(element, 0)).isEqualTo(0x7FC10000);

    element.putDouble(0, 1 + 0x1p-24); // half-way between two floats: to the even one
    assertThat(Float.intBitsToFloat(ElementType.F64.bits(element, 0))).isEqualTo(1);
  }
}

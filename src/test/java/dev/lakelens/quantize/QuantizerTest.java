package dev.lakelens.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantizerTest {
  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 6", "-0.2, 7", "-30, 0.1", "2, 5", "-5, -2", "1e-20, 2e-20"})
  void isWithinHalfAStepOfEveryValueOfItsRange(double min, double max) {
    Quantizer quantizer = Quantizer.of(min, max);

    for (int i = 0; i <= 1000; i++) {
      double value = min + (max - min) * i / 1000;
      // Beside half a step, the zero point moves the range by as much.
      assertThat(quantizer.dequantize(quantizer.quantize(value)))
          .isCloseTo(value, within(1.001 * quantizer.scale()));
    }
    assertThat(quantizer.dequantize(quantizer.quantize(0))).isZero();
  }

  @Test
  void hasTheWholeRangeIn256Numbers() {
    assertThat(Quantizer.RELU6).isEqualTo(new Quantizer(6 / 255f, 0));
    assertThat(Quantizer.of(-1, 3)).isEqualTo(new Quantizer(4 / 255f, 64));
    assertThat(Quantizer.of(-2, -1)).isEqualTo(new Quantizer(2 / 255f, 255));
  }

  @Test
  void saturatesBeyondItsRange() {
    assertThat(Quantizer.RELU6.quantize(6.1)).isEqualTo(255);
    assertThat(Quantizer.RELU6.quantize(-3)).isZero();
  }

  @Test
  void hasAScaleForZerosOnly() {
    assertThat(Quantizer.of(0, 0).dequantize(Quantizer.of(0, 0).quantize(0))).isZero();
  }

  @Test
  void refusesWhatIsNoScale() {
    assertThatThrownBy(() -> Quantizer.of(0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scale NaN, zero point 0");
  }
}

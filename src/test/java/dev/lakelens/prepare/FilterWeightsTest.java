package dev.lakelens.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.model.Preprocessing.Interpolation;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterWeightsTest {
  private static final int ONE = 1 << FilterWeights.PRECISION_BITS;

  /** A half-size bilinear: the triangle at distances 1/4 and 3/4, normalised by its sum, 2. */
  @Test
  void growsTheSupportWithTheReduction() {
    FilterWeights weights = new FilterWeights(Interpolation.BILINEAR, 8, 4, 0, 4);
    assertThat(weights.start(1)).isEqualTo(1);
    assertThat(weights.weights(1)).containsExactly(ONE / 8, 3 * ONE / 8, 3 * ONE / 8, ONE / 8);
    assertThat(weights.window()).isEqualTo(4);
  }

  /** At the edge the window is cut and what is left is normalised: 3, 3, 1 parts of 7. */
  @Test
  void cutsTheWindowAtTheEdge() {
    FilterWeights weights = new FilterWeights(Interpolation.BILINEAR, 8, 4, 0, 4);
    assertThat(weights.start(0)).isZero();
    assertThat(weights.weights(0))
        .containsExactly(
            (int) Math.round(ONE * 3 / 7.0),
            (int) Math.round(ONE * 3 / 7.0),
            (int) Math.round(ONE / 7.0));
  }

  @ParameterizedTest
  @EnumSource
  void leavesAnAxisOfTheSameLengthAlone(Interpolation interpolation) {
    FilterWeights weights = new FilterWeights(interpolation, 9, 9, 0, 9);
    for (int i = 0; i < 9; i++) {
      int[] window = weights.weights(i);
      int pixel = i - weights.start(i);
      assertThat(window[pixel]).isEqualTo(ONE);
      assertThat(IntStream.of(window).filter(weight -> weight != 0)).hasSize(1);
    }
  }

  /** Windows by the definition in Python, with the axis rounded to single precision. */
  @Test
  void findsTheMiddleOfALineLongerThanAnInt() {
    FilterWeights weights =
        new FilterWeights(Interpolation.BICUBIC, 89_478_485, 22_906_492_160L, 11_453_245_968L, 224);
    assertThat(weights.firstSource()).isEqualTo(44_739_242);
    assertThat(weights.start(0) + weights.weights(0).length).isEqualTo(44_739_246);
    assertThat(weights.endSource()).isEqualTo(44_739_246);
  }

  /** Pixels of 1/256 are exact, however their middles are found. */
  @ParameterizedTest
  @ValueSource(longs = {1_000_000, 1_023_999_888})
  void picksThePixelAtTheMiddleOfALongLine(long first) {
    FilterWeights weights =
        new FilterWeights(Interpolation.NEAREST, 8_000_000, 2_048_000_000L, first, 224);
    for (int i = 0; i < 224; i++) {
      assertThat(weights.start(i)).isEqualTo((int) ((first + i) / 256));
      assertThat(weights.weights(i)).containsExactly(ONE);
    }
  }

  /** Middles are odd multiples of 3/8: exact, and no multiples of a pixel. */
  @ParameterizedTest
  @ValueSource(longs = {1_000_000, 33_554_432})
  void picksThePixelThatHoldsTheMiddle(long first) {
    FilterWeights weights =
        new FilterWeights(Interpolation.NEAREST, 60_000_000, 80_000_000L, first, 224);
    for (int i = 0; i < 224; i++) {
      assertThat(weights.start(i)).isEqualTo((int) ((6 * (first + i) + 3) / 8));
    }
  }

  /** Pixel 5002 of 2/3 is at 3335 exactly; Python's sum of 5,003 terms is below it. */
  @Test
  void addsTheScalePixelByPixelAsPillowDoes() {
    FilterWeights weights = new FilterWeights(Interpolation.NEAREST, 20_000, 30_000, 5002, 4);
    assertThat(IntStream.range(0, 4).map(weights::start)).containsExactly(3334, 3335, 3336, 3336);
  }

  /** Single precision makes the axis one pixel longer than it is. */
  @Test
  void picksNoPixelBehindTheLast() {
    FilterWeights weights =
        new FilterWeights(Interpolation.NEAREST, 16_777_219, 33_554_438L, 33_554_437, 1);
    assertThat(weights.endSource()).isEqualTo(16_777_219);
  }

  /** 5,000 pixels to one: a sum of one, and the same each time that it is asked for. */
  @Test
  void computesLongWindowsWhenTheyAreAskedFor() {
    FilterWeights weights = new FilterWeights(Interpolation.BILINEAR, 20_000, 4, 0, 4);
    assertThat(weights.window()).isEqualTo(10_000);
    int[] second = weights.weights(1).clone();
    int[] third = weights.weights(2).clone();
    assertThat(IntStream.of(second).sum()).isBetween(ONE - 10_000, ONE + 10_000);
    assertThat(second).isEqualTo(reversed(second)).isEqualTo(third);
    assertThat(weights.weights(0)).hasSize(7_500);
    assertThat(weights.weights(1)).isEqualTo(second);
  }

  private static int[] reversed(int[] values) {
    return IntStream.range(0, values.length).map(i -> values[values.length - 1 - i]).toArray();
  }
}

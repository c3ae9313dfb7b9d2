package dev.lakelens.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import dev.lakelens.weights.WeightFile;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KerasNormalizationTest {
  private static final Map<String, Tensor> OFFICIAL =
      Map.of(
          "normalization/mean", Tensor.vector(0.485f, 0.456f, 0.406f),
          "normalization/variance", Tensor.vector(0.229f, 0.224f, 0.225f));

  @Test
  void dividesByImagenetsStandardDeviationsWithTheOfficialRescaling() {
    KerasNormalization normalization =
        KerasNormalization.of(file(OFFICIAL, Set.of("rescaling", "rescaling_1"))).orElseThrow();

    assertThat(normalization.mean()).containsExactly(0.485, 0.456, 0.406);
    assertStd(normalization, 0.229, 0.224, 0.225);
  }

  /** TensorFlow issue 49930: the roots are 2.0897, 2.1129 and 2.1082 times as large. */
  @Test
  void dividesByTheirRootsWithoutIt() {
    KerasNormalization normalization =
        KerasNormalization.of(file(OFFICIAL, Set.of("rescaling"))).orElseThrow();

    assertStd(normalization, 0.229 * 2.0897, 0.224 * 2.1129, 0.225 * 2.1082);
  }

  /** Keras numbers the layers of the second model that a program makes. */
  @Test
  void isInALayerWithANumber() {
    Map<String, Tensor> numbered =
        Map.of(
            "normalization_1/mean", Tensor.vector(0, 0.25f, 0.5f),
            "normalization_1/variance", Tensor.vector(1, 4, 9));

    assertStd(KerasNormalization.of(file(numbered, Set.of())).orElseThrow(), 1, 2, 3);
  }

  @Test
  void doubtsNoVarianceButImagenets() {
    Map<String, Tensor> own =
        Map.of(
            "normalization/mean", Tensor.vector(0, 0.25f, 0.5f),
            "normalization/variance", Tensor.vector(1, 4, 9));

    assertThat(KerasNormalization.of(file(own, Set.of("rescaling"))).orElseThrow().note())
        .isEqualTo(
            "the file itself normalises pixels, by (x / 255 - mean) / std with the mean "
                + "[0, 0.25, 0.5] and the std [1, 2, 3]; say these in a card, unless its maker "
                + "says others");
  }

  @Test
  void isNotInFilesWithoutTheLayer() {
    assertThat(KerasNormalization.of(file(Map.of(), Set.of()))).isEmpty();
  }

  static Stream<Arguments> wrong() {
    Tensor zeros = Tensor.vector(0, 0, 0);
    Tensor ones = Tensor.vector(1, 1, 1);
    return Stream.of(
        Arguments.of(
            zeros, Tensor.vector(1, 0, 1), "mean [0.0, 0.0, 0.0] and variance [1.0, 0.0, 1.0]"),
        Arguments.of(
            zeros,
            Tensor.vector(1, Float.POSITIVE_INFINITY, 1),
            "mean [0.0, 0.0, 0.0] and variance [1.0, Infinity, 1.0]"),
        Arguments.of(Tensor.vector(0, Float.NaN, 0), ones, "mean [0.0, NaN, 0.0] and variance"),
        Arguments.of(Tensor.vector(0, 0), ones, "mean [0.0, 0.0] and variance"),
        Arguments.of(zeros, Tensor.vector(1), "mean [0.0, 0.0, 0.0] and variance [1.0]"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void refusesOtherThanThreeFiniteNumbersEach(Tensor mean, Tensor variance, String found) {
    Map<String, Tensor> tensors =
        Map.of("normalization/mean", mean, "normalization/variance", variance);

    assertThatThrownBy(() -> KerasNormalization.of(file(tensors, Set.of())))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("w.h5 normalises pixels with " + found);
  }

  private static void assertStd(KerasNormalization normalization, double... expected) {
    for (int channel = 0; channel < 3; channel++) {
      assertThat(normalization.std().get(channel)).isCloseTo(expected[channel], within(1e-4));
    }
  }

  private static WeightFile file(Map<String, Tensor> tensors, Set<String> others) {
    return new WeightFile("w.h5", tensors, others);
  }
}

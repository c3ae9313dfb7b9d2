package dev.lakelens.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import dev.lakelens.network.BatchNorm;
import dev.lakelens.network.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputQuantizerTest {
  /** timm's Lite, TensorFlow's Lite, plain bytes, and another. */
  @ParameterizedTest
  @CsvSource({"UNIT, 0.5, 0.5", "BYTE, 127, 128", "BYTE, 0, 1", "UNIT, 0.3, 0.2"})
  void keepsEveryPixel(Range range, double mean, double std) {
    InputQuantizer input = InputQuantizer.of(preprocessing(range, List.of(mean, mean, mean), std));

    for (int pixel = 0; pixel <= 255; pixel++) {
      float normalised = (float) ((pixel / (double) range.divisor() - mean) / std);
      assertThat(input.quantizer().quantize(normalised + input.shift())).isEqualTo(pixel);
      assertThat(input.quantizer().dequantize(pixel) - input.shift())
          .isCloseTo(normalised, within(1e-5));
    }
  }

  @Test
  void movesNothingWhereThePixelOfZeroIsWhole() {
    List<Double> mean = List.of(127.0, 127.0, 127.0);
    assertThat(InputQuantizer.of(preprocessing(Range.BYTE, mean, 128)).shift()).isZero();
  }

  @Test
  void holdsTheRangesOfChannelsThatDiffer() {
    List<Double> mean = List.of(0.485, 0.456, 0.406);
    InputQuantizer input = InputQuantizer.of(preprocessing(Range.UNIT, mean, 0.225));

    assertThat(input.shift()).isZero();
    assertThat(input.quantizer()).isEqualTo(Quantizer.of(-0.485 / 0.225, (1 - 0.406) / 0.225));
  }

  @Test
  void givesTheFirstConvolutionABiasThatTakesTheMoveBack() {
    Tensor weight = Tensor.zeros(List.of(2, 3, 1, 1));
    weight.floats().put(new float[] {1, 2, 3, -1, 0.5f, 0.25f});
    BatchNorm folded = new BatchNorm(weight, Tensor.vector(10, 20));
    BatchNorm unshifted = new InputQuantizer(Quantizer.RELU6, 0.5f).unshifted(folded);

    assertThat(unshifted.weight()).isSameAs(weight);
    assertThat(unshifted.bias().floats().get(0)).isEqualTo(10 - 0.5f * 6);
    assertThat(unshifted.bias().floats().get(1)).isEqualTo(20 + 0.5f * 0.25f);
  }

  private static Preprocessing preprocessing(Range range, List<Double> mean, double std) {
    return new Preprocessing(
        224, Resize.SQUASH, 224, Interpolation.BILINEAR, range, mean, List.of(std, std, std));
  }
}

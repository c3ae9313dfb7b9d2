package dev.lakelens.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakelens.network.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Int8WeightsTest {
  private static final int OUT = 5;
  private static final int IN = 7;
  private static final float INPUT_SCALE = 0.02f;

  @Test
  void isWithinHalfAStepOfEveryWeightOfAChannel() {
    Tensor weight = weight();
    Int8Weights quantised = Int8Weights.of(weight, Tensor.vector(new float[OUT]), INPUT_SCALE);

    FloatBuffer floats = weight.floats();
    for (int i = 0; i < OUT * IN; i++) {
      double scale = quantised.scales()[i / IN];
      assertThat(quantised.values()[i] * scale).isCloseTo(floats.get(i), within(0.5001 * scale));
      assertThat((int) quantised.values()[i]).isBetween(-127, 127);
    }
  }

  @Test
  void givesEachChannelTheFinestScale() {
    Int8Weights quantised = Int8Weights.of(weight(), Tensor.vector(new float[OUT]), INPUT_SCALE);

    for (int channel = 0; channel < OUT; channel++) {
      int largest = 0;
      for (int i = 0; i < IN; i++) {
        largest = Math.max(largest, Math.abs(quantised.values()[channel * IN + i]));
      }
      assertThat(largest).isEqualTo(127);
    }
  }

  @Test
  void hasABiasInUnitsOfTheProducts() {
    Tensor bias = Tensor.vector(1, -2, 0.5f, 100, 0);
    Int8Weights quantised = Int8Weights.of(weight(), bias, INPUT_SCALE);

    for (int channel = 0; channel < OUT; channel++) {
      float unit = quantised.biasScales()[channel];
      assertThat(unit).isEqualTo(INPUT_SCALE * quantised.scales()[channel]);
      assertThat(quantised.bias()[channel] * (double) unit)
          .isCloseTo(bias.floats().get(channel), within(0.5001 * unit));
    }
  }

  @Test
  void keepsTheBiasOfAChannelWhoseWeightsAreDead() {
    Tensor weight = Tensor.zeros(List.of(2, 1, 1, 1));
    weight.floats().put(0, 1e-30f);
    Int8Weights quantised = Int8Weights.of(weight, Tensor.vector(3, -4), INPUT_SCALE);

    assertThat(quantised.bias()[0] * (double) quantised.biasScales()[0]).isCloseTo(3, within(1e-6));
    assertThat(quantised.bias()[1] * (double) quantised.biasScales()[1])
        .isCloseTo(-4, within(1e-6));
  }

  @Test
  void transposes() {
    Int8Weights quantised = Int8Weights.of(weight(), Tensor.vector(new float[OUT]), INPUT_SCALE);

    byte[] transposed = quantised.transposed();
    for (int channel = 0; channel < OUT; channel++) {
      for (int i = 0; i < IN; i++) {
        assertThat(transposed[i * OUT + channel]).isEqualTo(quantised.values()[channel * IN + i]);
      }
    }
  }

  /** Channels of very different sizes. */
  private static Tensor weight() {
    Random random = new Random(8);
    Tensor weight = Tensor.zeros(List.of(OUT, IN, 1, 1));
    FloatBuffer floats = weight.floats();
    for (int i = 0; i < OUT * IN; i++) {
      floats.put(i, (float) (random.nextGaussian() * Math.pow(10, i / IN - 2)));
    }
    return weight;
  }
}

package dev.lakelens.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakelens.network.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Int8WeightsTest {
  private static final int OUT = 5;
  private static final int ROW = 12;
  private static final float INPUT_SCALE = 6 / 255f;

  @Test
  void standsForEveryWeightWithinHalfAStep() {
    Random random = new Random(7);
    float[] weights = new float[OUT * ROW];
    float[] bias = new float[OUT];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian() * (1 + i / ROW);
    }
    for (int channel = 0; channel < OUT; channel++) {
      bias[channel] = (float) random.nextGaussian();
    }

    Int8Weights int8 = int8(weights, bias);

    for (int channel = 0; channel < OUT; channel++) {
      double scale = int8.scales()[channel];
      int largest = 0;
      for (int i = channel * ROW; i < (channel + 1) * ROW; i++) {
        assertThat(int8.values()[i] * scale).isCloseTo(weights[i], within(scale * 0.5000001));
        assertThat(int8.transposed()[i % ROW * OUT + channel]).isEqualTo(int8.values()[i]);
        largest = Math.max(largest, Math.abs(int8.values()[i]));
      }
      assertThat(largest).isEqualTo(127);
      double unit = int8.biasScales()[channel];
      assertThat(unit).isCloseTo(INPUT_SCALE * scale, within(unit * 1e-6));
      assertThat(int8.bias()[channel] * unit).isCloseTo(bias[channel], within(unit * 0.5000001));
    }
  }

  @Test
  void keepsTheBiasOfADeadChannel() {
    float[] bias = {0, 3, -4, 1e6f, 0};

    Int8Weights int8 = int8(new float[OUT * ROW], bias);

    assertThat(int8.values()).containsOnly(0);
    for (int channel = 0; channel < OUT; channel++) {
      double found = int8.bias()[channel] * (double) int8.biasScales()[channel];
      assertThat(found).isCloseTo(bias[channel], within(Math.abs(bias[channel]) * 1e-6 + 1e-12));
    }
  }

  private static Int8Weights int8(float[] weights, float[] bias) {
    Tensor weight = new Tensor(List.of(OUT, ROW), Tensor.vector(weights).data());
    return Int8Weights.of(weight, Tensor.vector(bias), INPUT_SCALE);
  }
}

package dev.lakelens.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BatchNormTest {
  private static final Convolution CONVOLUTION = Convolution.pointwise("conv", "bn", 2, 2);

  @Test
  void doesInOneConvolutionWhatConvolutionAndNormalisationDo() {
    Tensors tensors = tensors(new float[] {0.25f, 4});
    BatchNorm folded = BatchNorm.fold(CONVOLUTION, tensors, 1e-3);

    // x = (0.5, -2); convolved: (1 * 0.5 - 2 * 2, 3 * 0.5 - 4 * 2) = (-3.5, -6.5)
    double[] convolved = {-3.5, -6.5};
    for (int channel = 0; channel < 2; channel++) {
      double normalised =
          at(tensors, "bn.weight", channel)
                  * (convolved[channel] - at(tensors, "bn.running_mean", channel))
                  / Math.sqrt(at(tensors, "bn.running_var", channel) + 1e-3)
              + at(tensors, "bn.bias", channel);
      double direct =
          folded.weight().floats().get(2 * channel) * 0.5
              + folded.weight().floats().get(2 * channel + 1) * -2
              + folded.bias().floats().get(channel);
      assertThat(direct).isCloseTo(normalised, Offset.offset(1e-5));
    }
  }

  @Test
  void roundsOnceAlsoWhereTheVarianceIsZero() {
    BatchNorm folded = BatchNorm.fold(CONVOLUTION, tensors(new float[] {0, 1e-8f}), 1e-3);

    assertThat(folded.weight().floats().get(0)).isEqualTo((float) (1.5 / Math.sqrt(1e-3)));
    assertThat(folded.weight().floats().get(2))
        .isEqualTo((float) (3 * (-0.5 / Math.sqrt((double) 1e-8f + 1e-3))));
    assertThat(folded.bias().floats().get(1))
        .isEqualTo((float) ((double) -0.2f - 20 * (-0.5 / Math.sqrt((double) 1e-8f + 1e-3))));
  }

  private static double at(Tensors tensors, String name, int index) {
    return tensors.get(name).floats().get(index);
  }

  private static Tensors tensors(float[] variance) {
    Map<String, Tensor> tensors = new HashMap<>();
    tensors.put("conv.weight", tensor(List.of(2, 2, 1, 1), 1, 2, 3, 4));
    tensors.put("bn.weight", tensor(List.of(2), 1.5f, -0.5f));
    tensors.put("bn.bias", tensor(List.of(2), 0.1f, -0.2f));
    tensors.put("bn.running_mean", tensor(List.of(2), 10, 20));
    tensors.put("bn.running_var", tensor(List.of(2), variance));
    return new Tensors(tensors);
  }

  private static Tensor tensor(List<Integer> shape, float... values) {
    Tensor tensor = Tensor.zeros(shape);
    FloatBuffer floats = tensor.floats();
    floats.put(values);
    return tensor;
  }
}

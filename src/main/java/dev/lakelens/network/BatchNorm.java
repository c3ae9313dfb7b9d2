package dev.lakelens.network;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * Batch normalisation folded into the convolution before it: {@code norm(conv(x)) = conv'(x) +
 * bias}. All arithmetic is in double precision, and rounds once.
 *
 * @param weight of the new convolution // [out, in / groups, kernel, kernel]
 * @param bias of the new convolution // [out]
 */
public record BatchNorm(Tensor weight, Tensor bias) {
  /** Suffixes of its tensors: gamma, beta, mean, variance. */
  public static final List<String> PARTS =
      List.of(".weight", ".bias", ".running_mean", ".running_var");

  /**
   * Folds a convolution's normalisation into it.
   *
   * @param epsilon added to the variance
   */
  public static BatchNorm fold(Convolution convolution, Tensors tensors, double epsilon) {
    FloatBuffer gamma = tensors.get(convolution.norm() + ".weight").floats();
    FloatBuffer beta = tensors.get(convolution.norm() + ".bias").floats();
    FloatBuffer mean = tensors.get(convolution.norm() + ".running_mean").floats();
    FloatBuffer variance = tensors.get(convolution.norm() + ".running_var").floats();
    FloatBuffer kernels = tensors.get(convolution.weight()).floats();
    Tensor weight = Tensor.zeros(convolution.shape());
    Tensor bias = Tensor.zeros(List.of(convolution.out()));
    FloatBuffer weights = weight.floats();
    FloatBuffer biases = bias.floats();
    int perChannel = kernels.remaining() / convolution.out();
    for (int channel = 0; channel < convolution.out(); channel++) {
      double scale = gamma.get(channel) / Math.sqrt(variance.get(channel) + epsilon);
      biases.put((float) (beta.get(channel) - mean.get(channel) * scale));
      for (int i = 0; i < perChannel; i++) {
        weights.put((float) (kernels.get() * scale));
      }
    }
    return new BatchNorm(weight, bias);
  }
}

package dev.lakelens.quantize;

import dev.lakelens.network.Convolution;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * A network's tensors, changed so that its values in between are scaled or moved; the tensors that
 * it starts from stay as they are.
 */
final class ScaledTensors {
  private final Map<String, Tensor> byName;

  ScaledTensors(Tensors tensors) {
    this.byName = new HashMap<>(tensors.byName());
  }

  Tensors tensors() {
    return new Tensors(byName);
  }

  /** Divides what a convolution and its normalisation give, channel by channel. */
  void divideOutputs(Convolution convolution, float[] factors) {
    for (String part : new String[] {".weight", ".bias"}) {
      FloatBuffer floats = copy(convolution.norm() + part);
      for (int c = 0; c < factors.length; c++) {
        floats.put(c, floats.get(c) / factors[c]);
      }
    }
  }

  /** Lets a convolution read channels that are divided by factors, and give what it gave. */
  void multiplyInputs(Convolution convolution, float[] factors) {
    FloatBuffer floats = copy(convolution.weight()); // [out, in / groups, kernel, kernel]
    int kernel = convolution.kernel() * convolution.kernel();
    for (int i = 0; i < floats.limit(); i++) {
      floats.put(i, floats.get(i) * factors[i / kernel % factors.length]);
    }
  }

  /** Adds to a tensor. */
  void add(String name, float[] summands) {
    FloatBuffer floats = copy(name);
    for (int c = 0; c < summands.length; c++) {
      floats.put(c, floats.get(c) + summands[c]);
    }
  }

  /** A tensor's elements, which from now on are not those that it started from. */
  private FloatBuffer copy(String name) {
    Tensor tensor = byName.get(name);
    Tensor copy = Tensor.zeros(tensor.shape());
    copy.floats().put(tensor.floats());
    byName.put(name, copy);
    return copy.floats();
  }
}

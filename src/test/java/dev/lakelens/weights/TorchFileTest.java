package dev.lakelens.weights;

import static dev.lakelens.weights.Pickles.floats;
import static dev.lakelens.weights.Pickles.integers;
import static dev.lakelens.weights.Pickles.pickle;
import static dev.lakelens.weights.Pickles.tensor;
import static dev.lakelens.weights.Pickles.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchFileTest {
  private static final String DAMAGED = "w is not a PyTorch file that can be read: ";

  /** The expected numbers are those of make_torch_fixtures.py. */
  @ParameterizedTest
  @ValueSource(strings = {"torch-zip", "torch-zip-protocol-4", "torch-legacy"})
  void readsWhatPyTorchWrites(String name) {
    WeightFile file = WeightFiles.read(resource(name + ".pth"));

    assertThat(file.source()).endsWith(name + ".pth");
    assertThat(file.others())
        .containsExactly("state_dict.module.bn.num_batches_tracked", "state_dict.module.mask");
    assertThat(file.tensors()).hasSize(11);
    assertTensor(file, "optimizer.state.0.exp_avg", List.of(2), 0, 1);
    assertTensor(file, "state_dict.module.conv.weight", List.of(2, 3, 4), range(24));
    assertTensor(file, "state_dict.module.column", List.of(2, 2), 6, 10, 18, 22);
    assertTensor(file, "state_dict.module.tail", List.of(2), 4, 5);
    assertTensor(file, "state_dict.module.parameter", List.of(2), 7, 8);
    assertTensor(file, "state_dict.module.scalar", List.of(), 42);
    assertTensor(file, "state_dict.module.empty", List.of(0, 3));
    float infinity = Float.POSITIVE_INFINITY;
    assertTensor(
        file, "state_dict.module.half", List.of(5), 0.5f, -0.0f, 65504, 0x1p-24f, infinity);
    assertTensor(file, "state_dict.module.bfloat", List.of(3, 1), 1.5f, -3, 0x1p100f);
    assertTensor(file, "state_dict.module.double", List.of(2), 0.1f, infinity);
    float[] permuted = new float[24]; // [i, j, k] of [j, k, i] in [2, 3, 4]
    for (int i = 0; i < 24; i++) {
      permuted[i] = i % 6 * 4 + i / 6;
    }
    assertTensor(file, "state_dict.module.permuted", List.of(4, 2, 3), permuted);
  }

  @Test
  void refusesAWholeModuleByTheNameOfItsClass() {
    assertThatThrownBy(() -> WeightFiles.read(resource("torch-module.pth")))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith(
            "torch-module.pth holds an object of the class torch.nn.modules.linear.Linear, which is"
                + " not read; save the model's state_dict instead, as"
                + " torch.save(model.state_dict(), \"weights.pth\") does");
  }

  @ParameterizedTest
  @CsvSource({
    "5, 0, 4, 1, its storage 0 has 16 bytes", // longer than its entry
    "4, 1, 4, 1, w [4] with strides [1] from element 1 lies outside its storage",
    "4, 0, 5, 1, w [5] with strides [1] from element 0 lies outside its storage",
    "4, 0, 3, 2, w [3] with strides [2] from element 0 lies outside its storage",
    "4, -1, 4, 1, w [4] with strides [1] from element -1 lies outside its storage",
    "4, 9223372036854775807, 4, 1, w has the impossible shape [4]",
    "4, 0, 2147483647, 9223372036854775807, w has the impossible shape",
    "4, 0, 2147483647, 0, 'w [2147483647] with strides [0] '",
    "4, 0, 100000000, 0, w [100000000] is larger than the file",
    "4, 0, -1, 1, a tensor's shape or strides hold other than natural numbers",
    "4, 0, 4, -1, a tensor's shape or strides hold other than natural numbers",
    "4, 0, 2147483648, 1, a tensor has a dimension of 2147483648"
  })
  void refusesTensorsThatLie(long count, long offset, long size, long stride, String fault) {
    byte[] pickle = weights(count, offset, integers(size), integers(stride));

    refuses(Zips.torch(pickle, floats(4))).hasMessageStartingWith(DAMAGED + fault);
  }

  @Test
  void readsShapesWithoutElementsAtOnce() {
    byte[] endless = weights(4, 0, integers(1 << 30, 1 << 30, 0), integers(0, 0, 0));

    WeightFile file = TorchFile.read(buffer(Zips.torch(endless, floats(4))), "w");

    assertTensor(file, "w", List.of(1 << 30, 1 << 30, 0));
  }

  static AbstractThrowableAssert<?, ?> refuses(byte[] file) {
    return assertThatThrownBy(() -> TorchFile.read(buffer(file), "w"))
        .isInstanceOf(ModelException.class);
  }

  static ByteBuffer buffer(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  static Path resource(String name) {
    URL url = TorchFileTest.class.getResource("/weights/" + name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static void assertTensor(WeightFile file, String name, List<Integer> shape, float... elements) {
    Tensor tensor = file.tensors().get(name);
    float[] floats = new float[tensor.floats().remaining()];
    tensor.floats().get(floats);
    assertThat(tensor.shape()).isEqualTo(shape);
    assertThat(floats).containsExactly(elements);
  }

  private static float[] range(int end) {
    float[] range = new float[end];
    for (int i = 0; i < end; i++) {
      range[i] = i;
    }
    return range;
  }
}

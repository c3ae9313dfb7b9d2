package dev.lakelens.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import dev.lakelens.network.Variant;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasFileTest {
  private static final Tensors SYNTHETIC = SyntheticWeights.of(Architecture.of(Variant.B0), 10);

  @TempDir private Path folder;

  @Test
  void readsLegacyWeights() throws IOException {
    Path file = folder.resolve("b0.h5");
    KerasWriter.writeLegacy(file, SYNTHETIC);

    assertHolds(file, KerasWriter.arrays(SYNTHETIC));
  }

  @Test
  void readsKeras3Archives() throws IOException {
    assertHolds(archive(true), KerasWriter.arrays(SYNTHETIC));
  }

  @Test
  void callsLayersWithoutNamesByTheirClassAndNumber() throws IOException {
    Map<String, Object> named = KerasWriter.arrays(SYNTHETIC);
    Map<String, Object> numbered = new HashMap<>();
    for (KerasWriter.Name name : KerasWriter.b0()) {
      String layer = name.path().replaceFirst("layers/(.*)/vars/.*", "$1");
      String weight = name.keras().substring(name.keras().indexOf('/'));
      numbered.put(layer + weight, named.get(name.keras()));
    }

    assertThat(numbered).containsKeys("conv2d/kernel", "conv2d_1/bias", "dense/kernel");
    assertHolds(archive(false), numbered);
  }

  @Test
  void keepsTheModelsAroundLayersWithoutNames() throws IOException {
    Path file = folder.resolve("nested.weights.h5");
    try (KerasWriter writer = new KerasWriter(file)) {
      writer.put("layers/dense/vars/0", new float[1][1]);
      writer.put("layers/functional/layers/conv2d_1/vars/0", new float[1][1][1][1]);
      writer.put("layers/my_layers/layers/conv2d/vars/0", new float[1][1][1][1]);
      writer.put("layers/functional/layers/functional_1/layers/mine_2/vars/7", new float[1]);
    }

    assertThat(WeightFiles.read(file).tensors())
        .containsOnlyKeys(
            "dense/kernel",
            "functional/conv2d_1/kernel",
            "my_layers/conv2d/kernel",
            "functional/functional_1/mine_2/7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stem_conv/stem_conv/kernel:0",
        "stem_conv/kernel",
        "efficientnetb0/stem_conv/kernel:0",
        "model_weights/efficientnetb0/stem_conv/kernel:0"
      })
  void stripsGroupsModelsAndOutputs(String path) throws IOException {
    Path file = folder.resolve("stem.h5");
    try (KerasWriter writer = new KerasWriter(file)) {
      writer.put(path, new float[] {1});
    }

    assertThat(WeightFiles.read(file).tensors()).containsOnlyKeys("stem_conv/kernel");
  }

  @Test
  void leavesTheOptimizerOfAWholeModel() throws IOException {
    Path file = folder.resolve("whole.h5");
    try (KerasWriter writer = new KerasWriter(file)) {
      writer.put("model_weights/stem_bn/stem_bn/gamma:0", new float[] {1});
      writer.put("optimizer_weights/adam/stem_bn/gamma:0", new float[] {2});
      writer.put("optimizer_weights/adam/iter:0", new int[] {3});
    }

    assertOnlyGamma(file);
  }

  @Test
  void leavesTheOptimizerOfKeras3() throws IOException {
    Path file = folder.resolve("whole.weights.h5");
    try (KerasWriter writer = new KerasWriter(file)) {
      writer.put("layers/batch_normalization/vars/0", new float[] {1});
      writer.group("layers/batch_normalization/vars").putAttribute("name", "stem_bn");
      writer.put("optimizer/vars/0", new float[] {2});
      writer.put("layers/dropout/seed_generator/vars/0", new int[] {3});
    }

    assertOnlyGamma(file);
  }

  @Test
  void namesWhatNormalizesPixelsInKeras3() throws IOException {
    Path file = folder.resolve("counts.weights.h5");
    try (KerasWriter writer = new KerasWriter(file)) {
      writer.put("layers/normalization/vars/0", new float[] {1});
      writer.put("layers/normalization/vars/1", new float[] {2, 3});
      writer.put("layers/normalization/vars/2", new int[] {0});
      writer.group("layers/normalization/vars").putAttribute("name", "normalization");
    }

    WeightFile weights = WeightFiles.read(file);
    assertThat(weights.tensors()).containsOnlyKeys("normalization/mean", "normalization/variance");
    assertThat(weights.tensors().get("normalization/variance").shape()).containsExactly(2);
    assertThat(weights.others()).containsExactly("normalization/count");
  }

  /** A number that no layer has so many tensors for. */
  @Test
  void leavesNumbersOverAMillion() throws IOException {
    Path file = folder.resolve("far.weights.h5");
    try (KerasWriter writer = new KerasWriter(file)) {
      writer.put("layers/dense/vars/0", new float[1][1]);
      writer.put("layers/dense/vars/99999999999", new float[1]);
    }

    assertThat(WeightFiles.read(file).tensors()).containsOnlyKeys("dense/kernel");
  }

  @Test
  void namesLayersThatRescalePixels() throws IOException {
    Path file = folder.resolve("rescales.h5");
    try (KerasWriter writer = new KerasWriter(file)) {
      writer.group("rescaling");
      writer.group("rescaling_1");
      writer.group("stem_activation");
      writer.put("normalization/normalization/mean", new float[] {0.5f});
      writer.put("normalization/normalization/count", new int[] {0});
    }

    assertThat(WeightFiles.read(file).others())
        .isEqualTo(Set.of("normalization/count", "rescaling", "rescaling_1"));
  }

  @Test
  void refusesTwoTensorsOfOneName() throws IOException {
    Path file = folder.resolve("two.h5");
    try (KerasWriter writer = new KerasWriter(file)) {
      writer.put("a/stem_conv/kernel:0", new float[] {1});
      writer.put("b/stem_conv/kernel:0", new float[] {2});
    }

    assertThatThrownBy(() -> WeightFiles.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessage(file + " has two tensors stem_conv/kernel");
  }

  private static void assertOnlyGamma(Path file) {
    assertThat(WeightFiles.read(file).tensors()).containsOnlyKeys("stem_bn/gamma");
    assertThat(WeightFiles.read(file).others()).isEmpty();
  }

  private Path archive(boolean layerNames) throws IOException {
    Path weights = folder.resolve("b0.weights.h5");
    Path archive = folder.resolve("b0.keras");
    KerasWriter.writeKeras3(weights, layerNames, SYNTHETIC);
    KerasWriter.writeArchive(archive, weights);
    return archive;
  }

  private static void assertHolds(Path file, Map<String, Object> arrays) {
    Map<String, Tensor> tensors = WeightFiles.read(file).tensors();
    assertThat(tensors).containsOnlyKeys(arrays.keySet());
    tensors.forEach(
        (name, tensor) ->
            assertThat(nested(tensor.floats(), tensor.shape()))
                .as(name)
                .isEqualTo(arrays.get(name)));
  }

  private static Object nested(FloatBuffer floats, List<Integer> shape) {
    int[] dimensions = shape.stream().mapToInt(Integer::intValue).toArray();
    Object array = Array.newInstance(float.class, dimensions);
    fill(array, floats);
    return array;
  }

  private static void fill(Object array, FloatBuffer floats) {
    if (array instanceof float[] row) {
      floats.get(row);
    } else {
      for (Object part : (Object[]) array) {
        fill(part, floats);
      }
    }
  }
}

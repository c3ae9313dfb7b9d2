package dev.lakelens.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import dev.lakelens.model.Padding;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.EfficientNet;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import dev.lakelens.network.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasFileTest {
  private static final Architecture B0 = Architecture.of(Variant.B0);
  private static final Tensors SYNTHETIC = SyntheticWeights.of(B0, 1000);

  @TempDir private Path folder;

  @Test
  void readsLegacyWeights() throws IOException {
    Path file = folder.resolve("b0.h5");
    KerasWriter.writeLegacy(file, SYNTHETIC);

    assertSynthetic(file);
  }

  @ParameterizedTest(name = "with layer names: {0}")
  @ValueSource(booleans = {true, false})
  void readsKeras3Archives(boolean layerNames) throws IOException {
    Path weights = folder.resolve("b0.weights.h5");
    Path archive = folder.resolve("b0.keras");
    KerasWriter.writeKeras3(weights, layerNames, SYNTHETIC);
    KerasWriter.writeArchive(archive, weights);

    assertSynthetic(archive);
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

    assertThat(KerasFile.read(file).tensors()).containsOnlyKeys("stem_conv/kernel");
  }

  @Test
  void leavesTheOptimizerOfAWholeModel() throws IOException {
    Path file = folder.resolve("whole.h5");
    try (KerasWriter writer = new KerasWriter(file)) {
      writer.put("model_weights/stem_bn/stem_bn/gamma:0", new float[] {1});
      writer.put("optimizer_weights/adam/stem_bn/gamma:0", new float[] {2});
    }

    assertThat(KerasFile.read(file).tensors()).containsOnlyKeys("stem_bn/gamma");
  }

  @Test
  void leavesTheOptimizerOfKeras3() throws IOException {
    Path file = folder.resolve("whole.weights.h5");
    try (KerasWriter writer = new KerasWriter(file)) {
      writer.put("layers/batch_normalization/vars/0", new float[] {1});
      writer.group("layers/batch_normalization/vars").putAttribute("name", "stem_bn");
      writer.put("optimizer/vars/0", new float[] {2});
    }

    assertThat(KerasFile.read(file).tensors()).containsOnlyKeys("stem_bn/gamma");
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

    assertThat(KerasFile.read(file).others())
        .isEqualTo(Set.of("normalization/count", "rescaling", "rescaling_1"));
  }

  @Test
  void refusesTwoTensorsOfOneName() throws IOException {
    Path file = folder.resolve("two.h5");
    try (KerasWriter writer = new KerasWriter(file)) {
      writer.put("a/stem_conv/kernel:0", new float[] {1});
      writer.put("b/stem_conv/kernel:0", new float[] {2});
    }

    assertThatThrownBy(() -> KerasFile.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessage("two.h5 has two tensors stem_conv/kernel");
  }

  @Test
  void refusesNamelessLayersOfNoEfficientNet() throws IOException {
    Path file = folder.resolve("other.weights.h5");
    try (KerasWriter writer = new KerasWriter(file)) {
      writer.put("layers/conv2d/vars/0", new float[3][3][3][32]);
      writer.put("layers/batch_normalization/vars/0", new float[32]);
    }

    assertThatThrownBy(() -> KerasFile.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(
            "The layers of other.weights.h5 have no names, and no EfficientNet has these:"
                + " 1 conv2d, 0 depthwise_conv2d and 1 batch_normalization");
  }

  @Test
  void refusesArchivesOfOthers() throws IOException {
    Path file = folder.resolve("other.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("data.pkl"));
    }

    assertThatThrownBy(() -> KerasFile.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessage("other.keras is an archive without model.weights.h5, so none of Keras");
  }

  @Test
  void refusesArchivesThatExplode() throws IOException {
    Path file = folder.resolve("bomb.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("model.weights.h5"));
      zip.write(new byte[1_000_000]);
    }

    assertThatThrownBy(() -> KerasFile.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "The model.weights.h5 in bomb.keras would have 1,000,000 bytes,"
                + " more than the file can hold");
  }

  @Test
  void refusesFilesThatAreNotThere() {
    assertThatThrownBy(() -> KerasFile.read(folder.resolve("none.h5")))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("none.h5 cannot be read: ");
  }

  @Test
  void refusesOtherNetworksByWhatIsMissing() throws IOException {
    Map<String, Tensor> keras = new HashMap<>();
    for (KerasWriter.Name name : KerasWriter.b0()) {
      keras.put(name.keras(), SYNTHETIC.byName().get(name.canonical()));
    }
    keras.put("block2a_fused_conv/kernel", keras.remove("block2a_expand_conv/kernel"));
    Tensors canonical = KerasNames.canonical(new WeightFile("other.h5", keras, Set.of()));

    assertThatThrownBy(() -> EfficientNet.onnx(B0, Padding.SAME, 1e-3, 224, canonical))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("blocks.1.0.conv_pw.weight is missing; ")
        .hasMessageContaining("; block2a_fused_conv/kernel is unknown");
  }

  private static void assertSynthetic(Path file) {
    WeightFile weights = KerasFile.read(file);
    assertThat(KerasNames.areIn(weights)).isTrue();
    assertThat(KerasNames.canonical(weights).byName()).isEqualTo(SYNTHETIC.byName());
  }
}

package dev.lakelens.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import dev.lakelens.model.ModelException;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.EfficientNet;
import dev.lakelens.network.Onnx;
import dev.lakelens.network.Reference;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.Tensors;
import dev.lakelens.network.Variant;
import dev.lakelens.weights.KerasWriter;
import dev.lakelens.weights.SafetensorsWriter;
import dev.lakelens.weights.TorchWriter;
import dev.lakelens.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a file on the disk to logits. */
class CheckpointFilesTest {
  private static final int SIZE = 224;
  private static final int CLASSES = 1000;
  private static final Tensors B0 = MakersFiles.synthetic(Variant.B0, CLASSES);
  private static final Tensors LITE0 = MakersFiles.synthetic(Variant.LITE0, CLASSES);

  @TempDir private Path folder;

  /**
   * What families with one padding and one epsilon compute of the same tensors is the same, so that
   * timm's figures for its ports of TensorFlow's hold for all of these.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "tf_efficientnet_b0.safetensors, timm tf_efficientnet_b0, TIMM_TF, b0/timm-tf",
    "efficientnet_b0_ra-3dd342df.safetensors, timm tf_efficientnet_b0, TIMM, b0/timm-native",
    "torchvision.pth, torchvision efficientnet_b0, TORCHVISION, b0/torchvision",
    "lukemelas.pth, efficientnet_pytorch efficientnet-b0, EFFICIENTNET_PYTORCH, b0/timm-tf",
    "transformers.safetensors, transformers b0, TRANSFORMERS, b0/timm-tf"
  })
  void computesWhatTheReferenceDoes(String name, String network, Family family, String reference)
      throws IOException, OrtException {
    WeightFile weights = StateDicts.renamed(B0, "timm tf_efficientnet_b0", network);
    Checkpoint checkpoint = read(name, weights);

    assertIs(checkpoint, family, B0);
    assertComputes(checkpoint, reference);
  }

  @Test
  void computesWhatTheReferenceDoesOfLite() throws IOException, OrtException {
    WeightFile weights =
        StateDicts.renamed(
            LITE0, "timm tf_efficientnet_lite0", "efficientnet_lite_pytorch efficientnet-lite0");
    Checkpoint checkpoint = read("efficientnet-lite0.pth", weights);

    assertIs(checkpoint, Family.EFFICIENTNET_LITE_PYTORCH, LITE0);
    assertComputes(checkpoint, "lite0/timm-tf");
  }

  @Test
  void readsRangiLyusFiles() throws IOException {
    assertIs(read("lite0.pth", MakersFiles.rangilyu(LITE0)), Family.RANGILYU, LITE0);
  }

  @Test
  void computesWhatTheReferenceDoesOfKeras() throws IOException, OrtException {
    Path file = folder.resolve("b0.h5");
    KerasWriter.writeLegacy(file, B0);
    Checkpoint checkpoint = Checkpoints.read(file);

    assertIs(checkpoint, Family.KERAS, B0);
    assertComputes(checkpoint, "b0/timm-tf");
  }

  @Test
  void readsKeras3sFilesWithoutLayerNames() throws IOException {
    Path weights = folder.resolve("b0.weights.h5");
    Path archive = folder.resolve("b0.keras");
    KerasWriter.writeKeras3(weights, false, B0);
    KerasWriter.writeArchive(archive, weights);

    assertIs(Checkpoints.read(archive), Family.KERAS, B0);
  }

  @Test
  void saysWhoClaimsAnotherFamily() throws IOException {
    Path file = folder.resolve("model.safetensors");
    SafetensorsWriter.write(
        file, StateDicts.renamed(B0, "timm tf_efficientnet_b0", "transformers b0"));

    assertThatThrownBy(() -> Checkpoints.read(file, Family.TIMM, "The catalogue"))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "The catalogue says that %s is of the family timm, and the names of its tensors are"
                    .formatted(file)
                + " those of transformers");
  }

  private Checkpoint read(String name, WeightFile weights) throws IOException {
    Path file = folder.resolve(name);
    if (name.endsWith(".safetensors")) {
      SafetensorsWriter.write(file, weights);
    } else {
      TorchWriter.write(file, weights);
    }
    return Checkpoints.read(file);
  }

  private static void assertIs(Checkpoint checkpoint, Family family, Tensors canonical) {
    assertThat(checkpoint.family()).isEqualTo(family);
    assertThat(checkpoint.classes()).isEqualTo(CLASSES);
    assertThat(checkpoint.tensors().byName()).isEqualTo(canonical.byName());
  }

  private static void assertComputes(Checkpoint checkpoint, String reference)
      throws IOException, OrtException {
    byte[] onnx =
        EfficientNet.onnx(
            Architecture.of(checkpoint.variant()),
            checkpoint.padding(),
            checkpoint.epsilon(),
            SIZE,
            checkpoint.tensors());
    float[] logits = Onnx.run(onnx, SyntheticWeights.input(SIZE), SIZE).get("logits");
    float[] expected = Reference.load().floats(reference + "/logits");

    assertThat(Onnx.maxDifference(logits, expected)).isLessThan(1e-4);
  }
}

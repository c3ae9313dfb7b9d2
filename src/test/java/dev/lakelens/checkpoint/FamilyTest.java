package dev.lakelens.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Variant;
import dev.lakelens.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who made a checkpoint, and what may say it. */
class FamilyTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Family.class)
  void hasAName(Family family) {
    assertThat(Family.named(family.text())).isEqualTo(family);
  }

  @ParameterizedTest
  @CsvSource({
    "TIMM_TF, B0, LITE4, 15",
    "TORCHVISION, B0, B7, 8",
    "EFFICIENTNET_PYTORCH, B0, L2, 10",
    "EFFICIENTNET_LITE_PYTORCH, LITE0, LITE4, 5",
    "RANGILYU, LITE0, LITE4, 5",
    "TRANSFORMERS, B0, L2, 10"
  })
  void hasVariants(Family family, Variant first, Variant last, int count) {
    assertThat(family.variants()).hasSize(count).startsWith(first).endsWith(last);
  }

  @Test
  void listsTheNamesThatThereAre() {
    assertThatThrownBy(() -> Family.named("tf"))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "There is no family tf; there are timm-tf, timm, torchvision, efficientnet-pytorch, "
                + "efficientnet-lite-pytorch, rangilyu, transformers, keras");
  }

  @ParameterizedTest
  @CsvSource({"B0, 1e-5", "B4, 1e-5", "B5, 1e-3", "B7, 1e-3"})
  void hasTwoEpsilonsInTorchvision(Variant variant, double epsilon) {
    assertThat(Family.TORCHVISION.epsilon(variant)).isEqualTo(epsilon);
  }

  @ParameterizedTest
  @CsvSource({
    "tf_efficientnet_b0_ns-c0e6a31c.pth, TIMM_TF",
    "tf_efficientnet_b0.ns_jft_in1k.safetensors, TIMM_TF",
    "models/tf_efficientnet_b0.safetensors, TIMM_TF",
    "efficientnet_b0_ra-3dd342df.pth, TIMM",
    "efficientnet_b0.ft_in12k.safetensors, TIMM",
    "efficientnet_b0.sw_in12k.safetensors, TIMM",
    "efficientnet_b0-533bc792.pth, TIMM",
    "tf_efficientnet_b0_best.pth, TIMM_TF",
    "efficientnet_b0.pth, TIMM",
    "models/efficientnet_b0.safetensors, TIMM",
    "timm/efficientnet_b0.ra_in1k.safetensors, TIMM",
    "efficientnet_b0.ra4_e3600_r224_in1k.safetensors, TIMM"
  })
  void isSaidByThePublishedFilesName(String source, Family family) {
    assertThat(recognised(source).family()).isEqualTo(family);
    assertThat(recognised(source).evidence())
        .contains("its family is %s: the file's name says so".formatted(family.text()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.safetensors",
        "efficientnet_b0.h5",
        "my_efficientnet_b0.pth",
        "efficientnet_b1.pth",
        "efficientnet_b0_best.pth",
        "tf_efficientnet_b0x.pth",
        "efficientnet_b00_ra-3dd342df.pth",
        "my_efficientnet_b0-12345678.pth",
        "myefficientnet_b0-12345678.pth",
        "efficientnet_b0.pth.onnx",
        "tf_efficientnet_b1_ns.pth",
        "tf_efficientnet_b0/model.safetensors",
        "efficientnet-b0-355c32eb.pth"
      })
  void isNotGuessedFromOtherNames(String source) {
    assertThatThrownBy(() -> recognised(source))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            source
                + " is an EfficientNet b0 with timm's names, and nothing says whether it is timm's "
                + "port of TensorFlow's (tf_efficientnet_b0) or timm's own (efficientnet_b0): both "
                + "have the same tensors and other padding; say --family timm-tf or --family timm, "
                + "or put the model's config.json beside it");
  }

  /** timm has trained B0 more than once, and prepares images for each training in its own way. */
  @Test
  void isAllThatAnArchitecturesNameSays() {
    assertThat(recognised("efficientnet_b0.pth").preprocessing()).isEmpty();
    assertThat(recognised("efficientnet_b0.ra_in1k.pth").preprocessing()).isPresent();
  }

  @Test
  void isSaidByTheFlagBeforeTheFilesName() {
    WeightFile file = MakersFiles.timm("tf_efficientnet_b0.pth", Variant.B0, 1000);
    Checkpoint checkpoint = Checkpoints.recognise(file, folder, FamilyClaim.ofFlag(Family.TIMM));

    assertThat(checkpoint.family()).isEqualTo(Family.TIMM);
    assertThat(checkpoint.evidence()).contains("its family is timm: --family says so");
  }

  @Test
  void isSaidByTheConfigBeforeTheFilesName() throws IOException {
    config("{\"architecture\": \"efficientnet_b0\", \"num_classes\": 1000}");
    Checkpoint checkpoint = recognised("tf_efficientnet_b0.pth");

    assertThat(checkpoint.family()).isEqualTo(Family.TIMM);
    assertThat(checkpoint.evidence()).contains("its family is timm: config.json says so");
  }

  @Test
  void mayNotBeSaidAgainstTheNamesOfTensors() {
    assertThatThrownBy(
            () ->
                Checkpoints.recognise(
                    StateDicts.zeros("transformers b0"),
                    folder,
                    FamilyClaim.ofFlag(Family.TORCHVISION)))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "--family says that weights.pth is of the family torchvision, and the names of its "
                + "tensors are those of transformers");
  }

  @Test
  void mayNotBeSaidByAConfigAgainstTheNamesOfTensors() throws IOException {
    config("{\"model_type\": \"efficientnet\"}");

    assertThatThrownBy(() -> recognised("weights.pth"))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "config.json says that weights.pth is of the family transformers, and the names of its "
                + "tensors are those of timm-tf or timm");
  }

  @Test
  void mayNotBeSaidTwice() throws IOException {
    config("{\"architecture\": \"tf_efficientnet_b0\"}");
    WeightFile file = MakersFiles.timm("weights.pth", Variant.B0, 1000);

    assertThatThrownBy(() -> Checkpoints.recognise(file, folder, FamilyClaim.ofFlag(Family.TIMM)))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "--family says that weights.pth is of the family timm, and config.json beside it says "
                + "timm-tf; correct the one that is wrong, or move config.json away");
  }

  private Checkpoint recognised(String source) {
    return Checkpoints.recognise(MakersFiles.timm(source, Variant.B0, 1000), folder);
  }

  private void config(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
  }
}

package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.Head;
import dev.lakelens.model.ModelCard;
import dev.lakelens.models.SafetensorsWriter;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandTest {
  @RegisterExtension private final Console console = new Console();

  @TempDir private Path directory;

  @Test
  void listsTheJarAndTheCatalogue() {
    assertThat(Main.run("model", "list", "--models-dir", directory.toString())).isZero();
    assertThat(console.out()).startsWith("efficientnet-lite0 ").contains("in the jar\n");
    assertThat(console.out()).contains("tf_efficientnet_b7.ns_jft_in1k").contains("to fetch");
  }

  @Test
  void inspectsACheckpoint() throws IOException {
    assertThat(Main.run("model", "inspect", checkpoint(), "--family", "timm-tf")).isZero();
    assertThat(console.out()).contains("EfficientNet lite0 of the family timm-tf, 2 classes");
  }

  @Test
  void writesACardThatBuildsAModel() throws IOException {
    int code =
        Main.run(
            "model",
            "card",
            checkpoint(),
            "--family",
            "timm-tf",
            "--head",
            "sigmoid",
            "--input-size",
            "64",
            "--resize",
            "squash",
            "--interpolation",
            "bilinear",
            "--mean",
            "0.5,0.5,0.5",
            "--std",
            "0.5,0.5,0.5");
    assertThat(code).isZero();
    ModelCard card = CardJson.read(console.out(), "card");
    assertThat(card.head()).isEqualTo(Head.SIGMOID);
    assertThat(card.preprocessing().resizeTo()).isEqualTo(64);

    Files.writeString(directory.resolve("card.json"), console.out());
    Files.writeString(directory.resolve("labels.txt"), "cat\ndog\n");
    Path built = directory.resolve("built");
    String from = directory.resolve("card.json").toString();
    assertThat(Main.run("model", "build", from, "--output", built.toString())).isZero();
    assertThat(built.resolve("model.onnx")).isRegularFile();
    assertThat(built.resolve("labels.txt")).hasContent("cat\ndog\n");

    assertThat(Main.run("model", "build", from, "--output", built.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).contains("model.onnx is there already.");
  }

  @Test
  void asksForWhatTheFileCannotTell() throws IOException {
    int code = Main.run("model", "card", checkpoint(), "--family", "timm", "--input-size", "64");

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).contains("--mean and --std");
  }

  @Test
  void fetchesNothingThatIsNotInTheCatalogue() {
    assertThat(Main.run("model", "fetch", "resnet50")).isEqualTo(ExitCode.USAGE);
  }

  private String checkpoint() throws IOException {
    return SafetensorsWriter.write(
            directory.resolve("mine.safetensors"),
            SyntheticWeights.of(Architecture.of(Variant.LITE0), 2).byName())
        .toString();
  }
}

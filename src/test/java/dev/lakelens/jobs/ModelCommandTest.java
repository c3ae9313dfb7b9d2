package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.Head;
import dev.lakelens.model.ModelCard;
import dev.lakelens.models.SafetensorsWriter;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.Variant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandTest {
  private final PrintStream standardOut = System.out;
  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

  @TempDir private Path directory;

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(error, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(standardOut);
    System.setErr(standardError);
  }

  @Test
  void listsTheJarAndTheCatalogue() {
    assertThat(Main.run("model", "list", "--models-dir", directory.toString())).isZero();
    assertThat(out()).startsWith("efficientnet-lite0 ").contains("in the jar\n");
    assertThat(out()).contains("tf_efficientnet_b7.ns_jft_in1k").contains("to fetch");
  }

  @Test
  void inspectsACheckpoint() throws IOException {
    assertThat(Main.run("model", "inspect", checkpoint(), "--family", "timm-tf")).isZero();
    assertThat(out()).contains("EfficientNet lite0 of the family timm-tf, 2 classes");
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
    ModelCard card = CardJson.read(out(), "card");
    assertThat(card.head()).isEqualTo(Head.SIGMOID);
    assertThat(card.preprocessing().resizeTo()).isEqualTo(64);

    Files.writeString(directory.resolve("card.json"), out());
    Files.writeString(directory.resolve("labels.txt"), "cat\ndog\n");
    Path built = directory.resolve("built");
    String from = directory.resolve("card.json").toString();
    assertThat(Main.run("model", "build", from, "--output", built.toString())).isZero();
    assertThat(built.resolve("model.onnx")).isRegularFile();
    assertThat(built.resolve("labels.txt")).hasContent("cat\ndog\n");

    assertThat(Main.run("model", "build", from, "--output", built.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(error.toString(StandardCharsets.UTF_8)).contains("model.onnx is there already.");
  }

  @Test
  void asksForWhatTheFileCannotTell() throws IOException {
    int code = Main.run("model", "card", checkpoint(), "--family", "timm", "--input-size", "64");

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(error.toString(StandardCharsets.UTF_8)).contains("--mean and --std");
  }

  @Test
  void fetchesNothingThatIsNotInTheCatalogue() {
    assertThat(Main.run("model", "fetch", "resnet50")).isEqualTo(ExitCode.USAGE);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String checkpoint() throws IOException {
    return SafetensorsWriter.write(
            directory.resolve("mine.safetensors"),
            SyntheticWeights.of(Architecture.of(Variant.LITE0), 2).byName())
        .toString();
  }
}

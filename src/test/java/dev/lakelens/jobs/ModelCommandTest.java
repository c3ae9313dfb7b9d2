package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.Head;
import dev.lakelens.model.ModelCard;
import dev.lakelens.models.Models;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.Variant;
import dev.lakelens.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandTest {
  private static final String SHELVED = "tf_efficientnet_lite0.in1k";

  @RegisterExtension private final Console console = new Console();

  @TempDir private Path directory;

  @Test
  void listsTheJarAndTheCatalogue() {
    assertThat(Main.run("model", "list", "--models-dir", directory.toString())).isZero();
    assertThat(console.out()).startsWith("efficientnet-lite0 ").contains("in the jar\n");
    assertThat(console.out()).contains("tf_efficientnet_b7.ns_jft_in1k").contains("to fetch");
  }

  @Test
  void listsInColumnsThatFitTheNames() throws IOException {
    Main.run("model", "list", "--models-dir", directory.toString());
    List<String> lines = console.out().lines().toList();

    String longest = "efficientnet_b1.ra4_e3600_r240_in1k";
    assertThat(lines).anyMatch(line -> line.startsWith(longest + "  b1 "));
    int column = lines.get(0).lastIndexOf("lite0 ");
    assertThat(lines).allMatch(line -> line.substring(0, column).strip().matches("\\S+"));
    assertThat(lines).allMatch(line -> line.substring(column).matches("((b|l|lite)\\d|onnx) .*"));
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
    assertThat(Main.run("model", "inspect", from)).isZero();
    assertThat(console.out())
        .contains("mine, by its card: architecture lite0, family timm-tf, head sigmoid\n")
        .contains("because its family is timm-tf: %s says so\n".formatted(from))
        .doesNotContain("nothing says how images are prepared");
    assertThat(Main.run("model", "build", from, "--output", built.toString())).isZero();
    assertThat(built.resolve("model.onnx")).isRegularFile();
    assertThat(built.resolve("labels.txt")).hasContent("cat\ndog\n");

    assertThat(Main.run("model", "build", from, "--output", built.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).contains("model.onnx is there already.");
  }

  @Test
  void writesTheCardOfAnOnnxFile() throws IOException {
    Path file = directory.resolve("mine.onnx");
    Files.write(file, Models.load("efficientnet-lite0").onnx());
    int code =
        Main.run(
            "model",
            "card",
            file.toString(),
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
    assertThat(card.architecture()).isEqualTo(new ModelCard.Graph());
    assertThat(card.head()).isEqualTo(Head.SOFTMAX);
    assertThat(card.preprocessing().inputSize()).isEqualTo(224);
  }

  @Test
  void asksForWhatTheFileCannotTell() throws IOException {
    int code = Main.run("model", "card", checkpoint(), "--family", "timm", "--input-size", "64");

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(console.error())
        .contains("mine.safetensors: give --resize, --interpolation, --mean, --std\n");
  }

  @Test
  void fetchesNothingThatIsNotInTheCatalogue() {
    assertThat(Main.run("model", "fetch", "resnet50")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void shelvesAGivenFileThatIsWhatTheCatalogueSays() throws IOException {
    Path file = zeros("given", Variant.LITE0);

    assertThat(fetch("--file", file.toString())).isZero();
    assertThat(console.out()).startsWith(directory.resolve(SHELVED) + "\nsha256 ").hasLineCount(2);
    assertThat(fetch()).isZero(); // it is there
  }

  @Test
  void shelvesNoOtherFile() throws IOException {
    assertThat(fetch("--file", zeros("other", Variant.LITE1).toString())).isEqualTo(ExitCode.USAGE);
    assertThat(console.error())
        .contains("other is EfficientNet lite1, and the catalogue says lite0; download it again");
    assertThat(fetch("--file", "/nope")).isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).contains("fetch: There is no file /nope; give the published file");
    assertThat(directory.resolve(SHELVED)).doesNotExist();
  }

  @Test
  void replacesAModelOnlyWhereThatIsSaid() throws IOException {
    fetch("--file", zeros("one", Variant.LITE0).toString());
    String other = checkpoint(Variant.LITE0, 1000);

    assertThat(fetch("--file", other)).isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).contains("--replace puts it in its place");
    assertThat(fetch("--file", other, "--replace")).isZero();
    assertThat(directory.resolve(SHELVED).resolve("model.safetensors"))
        .hasSameBinaryContentAs(Path.of(other));
    assertThat(fetch("--replace", "--offline")).isEqualTo(ExitCode.USAGE);
  }

  private int fetch(String... more) {
    List<String> arguments = new ArrayList<>(List.of("model", "fetch", SHELVED));
    arguments.addAll(List.of("--models-dir", directory.toString()));
    arguments.addAll(List.of(more));
    return Main.run(arguments.toArray(String[]::new));
  }

  private Path zeros(String name, Variant variant) throws IOException {
    return SafetensorsWriter.write(
        directory.resolve(name), SyntheticWeights.zeros(Architecture.of(variant), 1000).byName());
  }

  private String checkpoint() throws IOException {
    return checkpoint(Variant.LITE0, 2);
  }

  private String checkpoint(Variant variant, int classes) throws IOException {
    return SafetensorsWriter.write(
            directory.resolve("mine.safetensors"),
            SyntheticWeights.of(Architecture.of(variant), classes).byName())
        .toString();
  }
}

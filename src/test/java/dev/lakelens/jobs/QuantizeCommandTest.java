package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

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

class QuantizeCommandTest {
  private static final String SAMPLES = "data-samples/images";

  @RegisterExtension private final Console console = new Console();

  @TempDir private Path directory;

  @Test
  void makesAModelThatLabelsAsTheOriginal() throws IOException {
    assertThat(quantize("--evaluate", photos())).isZero();

    assertThat(console.out())
        .startsWith("efficientnet-lite0 in int8, calibrated on 13 photos, against 32-bit floats");
    assertThat(console.error()).contains("warning: 13 photos to calibrate on");
    Path model = directory.resolve("int8/efficientnet-lite0-int8.onnx");
    assertThat(Files.size(model)).isLessThan(5_500_000);

    String labels = directory.resolve("labels").toString();
    String card = directory.resolve("int8/card.json").toString();
    int code =
        Main.run("label", SAMPLES, "--output", labels, "--model", card, "--master", "local[1]");
    assertThat(code).isZero();
    assertThat(console.out())
        .containsPattern("café noir.jpg +espresso ")
        .containsPattern("space-shuttle.png +space shuttle ")
        .containsPattern("china.jpg +palace ")
        .contains("16 images: 13 ok, 3 rejected");
  }

  @Test
  void writesNothingBelowAFloor() {
    assertThat(quantize("--floor-agreement", "0%", "--floor-cosine", "1"))
        .isEqualTo(ExitCode.FAILED);

    assertThat(console.error())
        .contains("is below --floor-cosine 1.0, so nothing is written; --force writes it");
    assertThat(directory.resolve("int8")).doesNotExist();
    assertThat(quantize("--floor-cosine", "1", "--force")).isZero();
    assertThat(directory.resolve("int8/card.json")).isRegularFile();
  }

  @Test
  void comparesOnOtherPhotosOnly() {
    assertThat(quantize("--evaluate", SAMPLES)).isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).contains("--evaluate is the directory of --calibrate");
  }

  @Test
  void refusesBeforeItCalibrates() throws IOException {
    assertThat(quantize("--floor-cosine", "2")).isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).contains("--floor-cosine must be -1 to 1, and is 2.0");
    Path few = Files.createDirectory(directory.resolve("few"));
    Files.copy(Path.of(SAMPLES, "china.jpg"), few.resolve("china.jpg"));
    assertThat(quantize("--evaluate", few.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(console.error())
        .contains("1 photo to compare on, and at least 2 are needed.")
        .doesNotContain("calibrating");
  }

  @Test
  void namesItsFileAfterAModelOfAHub() throws IOException {
    Path weights = directory.resolve("b.safetensors");
    SafetensorsWriter.write(
        weights, SyntheticWeights.of(Architecture.of(Variant.LITE0), 2).byName());
    Files.writeString(directory.resolve("labels.txt"), "cat\ndog\n");
    String prepared =
        " --family timm-tf --input-size 64 --resize squash --interpolation bilinear"
            + " --mean 0.5,0.5,0.5 --std 0.5,0.5,0.5";
    assertThat(run("model card " + weights + prepared)).as(console.error()).isZero();
    Path card = directory.resolve("card.json");
    Files.writeString(card, console.out().replaceFirst("\"b\"", "\"a/b\""));

    Path int8 = directory.resolve("int8");
    String quantize = "model quantize %s --calibrate %s --output %s".formatted(card, SAMPLES, int8);
    assertThat(run(quantize + " --floor-agreement 0% --floor-cosine 0"))
        .as(console.error())
        .isZero();
    assertThat(int8.resolve("a_b-int8.onnx")).isRegularFile();
    assertThat(int8.resolve("card.json")).content().contains("\"a/b-int8\"", "a_b-int8.onnx");
  }

  private static int run(String line) {
    return Main.run(line.split(" "));
  }

  private int quantize(String... more) {
    List<String> arguments = new ArrayList<>(List.of("model", "quantize", "efficientnet-lite0"));
    arguments.addAll(List.of("--calibrate", SAMPLES));
    arguments.addAll(List.of("--output", directory.resolve("int8").toString()));
    arguments.addAll(List.of(more));
    return Main.run(arguments.toArray(String[]::new));
  }

  private String photos() throws IOException {
    Path photos = Files.createDirectory(directory.resolve("photos"));
    for (String name : List.of("china.jpg", "flower.jpg", "rocket.jpg")) {
      Files.copy(Path.of(SAMPLES, name), photos.resolve(name));
    }
    return photos.toString();
  }
}

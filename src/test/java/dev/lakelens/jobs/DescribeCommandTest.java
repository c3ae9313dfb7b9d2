package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescribeCommandTest {
  @TempDir private Path directory;

  @RegisterExtension private final Console console = new Console();

  @Test
  void showsTableBlocksAndCounts() {
    assertThat(describe("b0")).isEqualTo(ExitCode.DONE);
    assertThat(console.out())
        .startsWith("EfficientNet b0: width 1.0, depth 1.0, input 224 x 224, Swish")
        .contains("    4  MBConv6, k5x5                2     56 x 56        40       2")
        .contains("blocks.6.0      2  2,3,4         3       1    192    1152    320   48")
        .containsPattern("parameters +5,288,548")
        .containsPattern("multiply-adds +385,814,752");
  }

  @ParameterizedTest
  @CsvSource({
    "B3, b3",
    "efficientnet-lite0, lite0",
    "efficientnet-lite0-int8, lite0",
    "tf_efficientnet_b0, b0",
    "efficientnet_b4, b4",
    "tf_efficientnet_b7_ns, b7",
    "tf_efficientnet_l2.ns_jft_in1k_475, l2",
    "tf_efficientnet_b0.another_training, b0",
    "EfficientNetB5, b5",
    "google/efficientnet-b1, b1",
    "torchvision-efficientnet-b1-v2, b1",
    "lukemelas-adv-efficientnet-b8, b8"
  })
  void takesNamesOfModelsAndArchitectures(String name, String variant) {
    assertThat(describe(name)).isEqualTo(ExitCode.DONE);
    assertThat(console.out()).startsWith("EfficientNet " + variant + ": ");
  }

  /** Their architectures have these letters in their names, and are others. */
  @ParameterizedTest
  @ValueSource(
      strings = {"tf_efficientnetv2_b0", "efficientnet_b1_pruned", "efficientnet_b0_gn", "mb_b0"})
  void refusesNamesOfLookAlikes(String name) {
    assertThat(describe(name)).isEqualTo(ExitCode.USAGE);
    assertThat(console.error())
        .contains("There is no EfficientNet " + name + "; there are b0, b1,");
  }

  @Test
  void printsJson() throws IOException {
    assertThat(describe("b3", "--json", "--input-size", "256", "--classes", "10"))
        .isEqualTo(ExitCode.DONE);
    JsonNode json = new ObjectMapper().readTree(console.out());

    assertThat(json.required("variant").textValue()).isEqualTo("b3");
    assertThat(json.required("input_size").intValue()).isEqualTo(256);
    assertThat(json.required("blocks")).hasSize(26);
    // timm's 10,696,232 without a classifier, and ten rows of 1,536 weights and a bias
    assertThat(json.at("/counts/parameters").longValue()).isEqualTo(10_696_232 + 10 * 1_537);
  }

  @Test
  void drawsADiagram() {
    Path file = directory.resolve("lite0.svg");

    assertThat(describe("lite0", "--diagram", file.toString())).isEqualTo(ExitCode.DONE);
    assertThat(file).content().contains("<title>EfficientNet lite0</title>", "ReLU6");
  }

  @Test
  void refusesADiagramThatCannotBeWritten() {
    String file = directory.resolve("nowhere/b0.svg").toString();

    assertThat(describe("b0", "--diagram", file)).isEqualTo(ExitCode.USAGE);
    assertThat(console.error())
        .startsWith("jobs/model describe: --diagram " + file + " cannot be written.");
    assertThat(console.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "b9                     |There is no EfficientNet b9; there are b0, b1,",
        "b0 --input-size 0      |--input-size must be 1 to 8192, and is 0",
        "b0 --input-size 8193   |--input-size must be 1 to 8192, and is 8193",
        "b0 --classes -1        |--classes must be 0 to 415941, as the weights of b0 must fit",
        "b0 --classes 415942    |into the 2 GiB of an ONNX file, and is 415942",
        "b0 --classes few       |'few' is not a whole number",
        "b0 b1                  |'b1' is one argument too many",
        "--json                 |Missing required parameter: 'VARIANT'"
      })
  void refusesWrongArguments(String arguments, String sentence) {
    assertThat(describe(arguments.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).startsWith("jobs/model describe: ").contains(sentence);
    assertThat(console.out()).isEmpty();
  }

  @Test
  void explainsItself() {
    assertThat(describe("--help")).isEqualTo(ExitCode.DONE);
    assertThat(console.out()).startsWith("Usage: jobs/model describe ");
    assertThat(describe("--version")).isEqualTo(ExitCode.DONE);
    assertThat(console.out()).contains("lakelens ");
  }

  /** 4 bytes for each parameter and statistic stay below 2 GiB, and with one class more do not. */
  @Test
  void takesAsManyClassesAsAnOnnxFileHolds() throws IOException {
    assertThat(describe("b0", "--json", "--classes", "415941")).isEqualTo(ExitCode.DONE);
    JsonNode counts = new ObjectMapper().readTree(console.out()).required("counts");
    long values =
        counts.required("parameters").longValue() + counts.required("statistics").longValue();

    assertThat(4 * values).isBetween((1L << 31) - 4 * 1281, (1L << 31) - 1);
  }

  @Test
  void countsOneClassAsOne() {
    assertThat(describe("b0", "--classes", "1")).isEqualTo(ExitCode.DONE);
    assertThat(console.out()).contains(" 1 class\n");
  }

  @Test
  void showsTheHelpOfItsParentWithoutASubcommand() {
    assertThat(Main.run("model")).isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).startsWith("Usage: jobs/model").contains("describe", "Examples:");
  }

  private static int describe(String... arguments) {
    List<String> command = new ArrayList<>(List.of("model", "describe"));
    command.addAll(List.of(arguments));
    return Main.run(command.toArray(String[]::new));
  }
}

package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  private static final String SAMPLES = "data-samples/images";

  @TempDir private Path directory;

  @RegisterExtension private final Console console = new Console();

  @Test
  void labelsTheSamplesAndPrintsASummary() {
    int code = label(SAMPLES);

    assertThat(code).isEqualTo(ExitCode.DONE);
    assertThat(console.out())
        .startsWith("16 images: 13 ok, 3 rejected, in ")
        .containsPattern("caf\u00e9 noir.jpg +espresso +0\\.95\n")
        .containsPattern("decode/truncated +1  truncated.jpg: ");
  }

  @Test
  void printsTheManifestAsJson() {
    assertThat(label(SAMPLES, "--json")).isEqualTo(ExitCode.DONE);
    assertThat(console.out()).startsWith("{").contains("\"ok\" : 13");
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "3, 0", "18%, 3", "18.75%, 0"})
  void comparesRejectsWithTheirLimit(String limit, int code) {
    assertThat(label(SAMPLES, "--max-rejected", limit)).isEqualTo(code);
  }

  @Test
  void tellsWhenEveryImageIsRejected() throws IOException {
    Path lake = Files.createDirectory(directory.resolve("lake"));
    Files.writeString(lake.resolve("a.jpg"), "no image");

    assertThat(label(lake.toString())).isEqualTo(ExitCode.REJECTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--top|0|--top must be at least 1, and is 0",
        "--batch|0|--batch must be 1 to 1024, and is 0",
        "--batch|many|'many' is not a whole number",
        "--max-bytes|0|--max-bytes must be 1 to 2147483639, and is 0",
        "--max-pixels|-1|--max-pixels must be 1 to 715827879, and is -1",
        "--partitions|0|--partitions must be at least 1, and is 0",
        "--max-rejected|120%|'120%' is more than all images",
        "--max-rejected|few|neither a count such as 25 nor a share such as 0.5%",
        "--exif-orientation|rotate|'rotate' is none of ignore, apply",
        "--model|resnet|There is no model resnet",
        "--colour|red|There is no option --colour",
        "--batc|2|There is no option --batc. Is it --batch",
        "--labels|three.txt|leave out --labels, or build it (jobs/model build efficientnet-lite0",
        "--labels|s3a://lake/names.txt|'s3a://lake/names.txt' is on another file system",
      })
  void refusesAWrongOption(String option, String value, String sentence) {
    assertThat(label(SAMPLES, option, value)).isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).startsWith("jobs/label: ").contains(sentence);
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void refusesAMissingInput() {
    assertThat(label("nowhere")).isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).contains("No such input: nowhere.");
  }

  @ParameterizedTest
  @CsvSource({"label", "embed"})
  void explainsItself(String command) {
    assertThat(Main.run(command, "--help")).isEqualTo(ExitCode.DONE);
    assertThat(console.out())
        .startsWith("Usage: jobs/" + command)
        .contains("Examples:", "--output", "Exit codes:");
    assertThat(Main.run(command, "--version")).isEqualTo(ExitCode.DONE);
    assertThat(console.out()).contains("lakelens ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "label nowhere --output out --top 0|jobs/label: interrupted. What earlier runs committed is untouched.",
        "embed nowhere --output out --batch 0|jobs/embed: interrupted. What earlier runs committed is untouched.",
        "model fetch nothing|jobs/model fetch: interrupted. Fetching again goes on.",
        "model describe b0|jobs/model describe: interrupted.",
      })
  void saysWhatHoldsWhereItIsInterrupted(String arguments, String sentence) {
    Interruption interruption = new Interruption("jobs");

    Main.run(interruption::runs, arguments.split(" "));

    assertThat(interruption.sentence()).isEqualTo(sentence);
  }

  @Test
  void showsHelpWithoutArguments() {
    assertThat(Main.run("label")).isEqualTo(ExitCode.USAGE);
    assertThat(console.error()).startsWith("Usage: jobs/label");
    assertThat(Main.run()).isEqualTo(ExitCode.USAGE);
  }

  private int label(String input, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("label", input, "--output", directory.resolve("out").toString()));
    arguments.addAll(List.of("--master", "local[2]"));
    arguments.addAll(List.of(more));
    return Main.run(arguments.toArray(String[]::new));
  }
}

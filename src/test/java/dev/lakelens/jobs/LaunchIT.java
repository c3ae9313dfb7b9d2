package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code jobs/label} as it is called, on the assembly. */
class LaunchIT {
  private static final File HOME = new File(System.getProperty("lakelens.home"));
  private static final String SAMPLES = "data-samples/images";

  @TempDir private Path scratch;

  @Test
  void labelsTheSamplesWithoutAnyLocale() throws Exception {
    Launched launched = label(Map.of(), SAMPLES, "--output", scratch.resolve("labels").toString());
    assertThat(launched.exitCode()).as(launched.stderr()).isZero();
    assertThat(launched.stdout())
        .startsWith("16 images: 13 ok, 3 rejected")
        .containsPattern("café noir.jpg +espresso");
    assertThat(launched.stderr()).doesNotContain("WARN", "OpenCV");
  }

  @Test
  void findsNamesInOtherLettersWithoutAnyLocale() throws Exception {
    String emojiAndUmlauts = "\ud83d\ude00 u\u0308\u00fc.jpg"; // decomposed and composed
    Path lake = Files.createDirectory(scratch.resolve("lake"));
    Path sample = HOME.toPath().resolve(SAMPLES).resolve("camera-gray.jpg");
    Files.copy(sample, lake.resolve(emojiAndUmlauts));
    Files.copy(sample, lake.resolve("new\nline #1 100%.jpg"));
    Launched launched =
        label(Map.of(), lake.toString(), "--output", scratch.resolve("labels").toString());
    assertThat(launched.stderr()).doesNotContain("WARN", "OpenCV");
    assertThat(launched.stdout()).startsWith("2 images: 2 ok").contains(emojiAndUmlauts);
    assertThat(launched.exitCode()).isZero();
  }

  @Test
  void refusesAnotherSparkAndNamesBothVersions() throws Exception {
    Files.createDirectories(scratch.resolve("jars"));
    Files.createFile(scratch.resolve("jars/spark-core_2.12-3.5.1.jar"));
    Launched launched = label(Map.of("SPARK_HOME", scratch.toString()), SAMPLES, "--output", "o");
    assertThat(launched.exitCode()).isEqualTo(2);
    assertThat(launched.stderr()).hasLineCount(1).contains("3.5.1", "2.12", "4.1", "2.13");
  }

  @Test
  void refusesASparkHomeThatIsNoSpark() throws Exception {
    Launched launched = label(Map.of("SPARK_HOME", scratch.toString()), SAMPLES, "--output", "o");
    assertThat(launched.exitCode()).isEqualTo(2);
    assertThat(launched.stderr()).hasLineCount(1).contains(scratch + " is no Spark distribution");
  }

  @ParameterizedTest
  @CsvSource({
    "25, 25.0.3",
    "11, 11.0.2",
    "8, 1.8.0_292",
  })
  void refusesAnotherJavaAndNamesItsVersion(String name, String version) throws Exception {
    Path java = Files.createDirectories(scratch.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"" + version + "\" 2026' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Launched launched = label(Map.of("JAVA_HOME", scratch.toString()), SAMPLES, "--output", "o");
    assertThat(launched.exitCode()).as(name).isEqualTo(2);
    assertThat(launched.stderr()).hasLineCount(1).contains(version, "JAVA_HOME");
  }

  @ParameterizedTest
  @CsvSource({
    "--master, yarn",
    "--deploy-mode, cluster",
    "--properties-file, conf/spark-cluster.conf",
  })
  void refusesInOneProcessWhatNeedsADistribution(String option, String value) throws Exception {
    Launched launched = label(Map.of(), SAMPLES, "--output", "o", option, value);
    assertThat(launched.exitCode()).isEqualTo(2);
    assertThat(launched.stderr()).hasLineCount(1).contains(option, "SPARK_HOME");
  }

  @Test
  void readsTheConfigurationOfHadoop() throws Exception {
    Files.writeString(
        scratch.resolve("core-site.xml"),
        "<configuration><property><name>fs.defaultFS</name><value>nowhere://lake/</value>"
            + "</property></configuration>");
    Map<String, String> environment = Map.of("HADOOP_CONF_DIR", scratch.toString());
    Launched launched = label(environment, "photos", "--output", "labels");
    assertThat(launched.exitCode()).isEqualTo(2);
    assertThat(launched.stderr()).contains("no FileSystem for scheme \"nowhere\"");
  }

  @Test
  void saysThatItIsInterruptedAndNothingMore() throws Exception {
    Path lake = Files.createDirectory(scratch.resolve("lake"));
    Path image = Files.copy(HOME.toPath().resolve(SAMPLES + "/china.jpg"), lake.resolve("0.jpg"));
    for (int i = 1; i < 2_000; i++) {
      Files.createLink(lake.resolve(i + ".jpg"), image);
    }
    Path output = scratch.resolve("labels");
    Map<String, String> terminal = Map.of("JAVA_TOOL_OPTIONS", "-Dlakelens.tty=true");
    Process process =
        builder(terminal, lake.toString(), "--output", output.toString())
            .redirectOutput(scratch.resolve("stdout").toFile())
            .start();
    try (BufferedReader stderr = process.errorReader(StandardCharsets.UTF_8)) {
      String line = stderr.readLine();
      while (!line.contains(" images/s")) { // of its progress
        line = stderr.readLine();
      }
      process.toHandle().destroy(); // SIGTERM; the process itself would close its streams
      assertThat(stderr.lines().filter(said -> !said.isBlank() && !said.contains(" images/s")))
          .containsExactly("jobs/label: interrupted. What earlier runs committed is untouched.");
    }
    assertThat(process.waitFor()).isNotZero();
    assertThat(scratch.resolve("stdout")).isEmptyFile();
    assertThat(output.resolve("_lakelens/runs")).doesNotExist();
  }

  private Launched label(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = builder(environment, arguments);
    File stdout = scratch.resolve("stdout").toFile();
    File stderr = scratch.resolve("stderr").toFile();
    Process process = builder.redirectOutput(stdout).redirectError(stderr).start();
    process.getOutputStream().close();
    int exitCode = process.waitFor();
    return new Launched(
        exitCode, Files.readString(stdout.toPath()), Files.readString(stderr.toPath()));
  }

  private static ProcessBuilder builder(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of("jobs/label"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(HOME);
    builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return builder;
  }

  private record Launched(int exitCode, String stdout, String stderr) {}
}

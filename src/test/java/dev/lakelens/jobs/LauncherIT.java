package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a shell runs it, in an environment without a locale. */
class LauncherIT {
  private static final Path HOME = Path.of(System.getProperty("lakelens.home"));
  private static final String EMOJI_AND_UMLAUTS = "\ud83d\ude00 u\u0308\u00fc.jpg";

  @TempDir private Path directory;

  @Test
  void findsNamesInOtherLettersWithoutALocale() throws Exception {
    Path lake = Files.createDirectory(directory.resolve("lake"));
    Path sample = HOME.resolve("data-samples/images/camera-gray.jpg");
    Files.copy(sample, lake.resolve(EMOJI_AND_UMLAUTS));
    Files.copy(sample, lake.resolve("new\nline #1 100%.jpg"));

    Outcome outcome = label(Map.of(), lake.toString(), "--output", directory + "/out");

    assertThat(outcome.error).isEmpty();
    assertThat(outcome.out).startsWith("2 images: 2 ok, 0 rejected").contains(EMOJI_AND_UMLAUTS);
    assertThat(outcome.code).isZero();
  }

  @Test
  void refusesAJavaThatSparkDoesNotRunOn() throws Exception {
    Path java = directory.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"25.0.1\" 2025-10-21' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

    Outcome outcome = label(Map.of("JAVA_HOME", directory + "/jdk"), "in", "--output", "out");

    assertThat(outcome.code).isEqualTo(2);
    assertThat(outcome.error)
        .isEqualTo(
            "jobs/label: Java 25 at '%s' does not run Spark 4.1 with Hadoop 3.4: set JAVA_HOME to a"
                    .formatted(java)
                + " JDK 17 to 21.\n");
  }

  @Test
  void refusesASparkOfAnotherVersion() throws Exception {
    Path jars = Files.createDirectories(directory.resolve("spark/jars"));
    Files.createFile(jars.resolve("spark-core_2.12-3.5.7.jar"));

    Outcome outcome = label(Map.of("SPARK_HOME", directory + "/spark"), "in", "--output", "out");

    assertThat(outcome.code).isEqualTo(2);
    assertThat(outcome.error)
        .startsWith(
            "jobs/label: SPARK_HOME=%s/spark is Spark 3.5.7 with Scala 2.12,".formatted(directory))
        .contains("needs Spark 4.1 with Scala 2.13")
        .hasLineCount(1);
  }

  @Test
  void refusesASparkHomeThatIsNone() throws Exception {
    Outcome outcome = label(Map.of("SPARK_HOME", directory.toString()), "in", "--output", "out");

    assertThat(outcome.code).isEqualTo(2);
    assertThat(outcome.error).contains("is no Spark distribution").hasLineCount(1);
  }

  @Test
  void refusesADeployModeWithoutASpark() throws Exception {
    Outcome outcome = label(Map.of(), "in", "--output", "out", "--deploy-mode", "cluster");

    assertThat(outcome.code).isEqualTo(2);
    assertThat(outcome.error).contains("--deploy-mode needs a Spark distribution");
  }

  private record Outcome(int code, String out, String error) {}

  private Outcome label(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(HOME + "/jobs/label"));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("stdout");
    Path error = directory.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(error.toFile());
    List.of("LANG", "LC_ALL", "LC_CTYPE", "SPARK_HOME", "MASTER")
        .forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    return new Outcome(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(error, StandardCharsets.UTF_8));
  }
}

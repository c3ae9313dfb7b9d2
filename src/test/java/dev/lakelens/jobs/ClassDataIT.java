package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that {@code jobs/label} keeps, in a home of its own. */
class ClassDataIT {
  private static final Path HOME = Path.of(System.getProperty("lakelens.home"));
  private static final Path JAR = HOME.relativize(Path.of(System.getProperty("lakelens.assembly")));
  private static final List<String> LINKED =
      List.of("conf", "target/natives", "target/embedded-class-path", JAR.toString());
  private static final String IMAGE = HOME.resolve("data-samples/images/china.jpg").toString();

  @TempDir private Path home;

  @BeforeEach
  void linkHome() throws IOException {
    Files.createDirectories(home.resolve("jobs"));
    Files.createDirectories(home.resolve("target"));
    for (String copied : List.of("jobs/label", "jobs/launch", "pom.xml")) {
      Files.copy(HOME.resolve(copied), home.resolve(copied));
    }
    for (String name : LINKED) {
      Files.createSymbolicLink(home.resolve(name), HOME.resolve(name));
    }
  }

  @AfterEach
  void unlinkHome() throws IOException {
    for (String name : LINKED) {
      Files.delete(home.resolve(name));
    }
  }

  @Test
  void isMadeByAWholeRunAndMappedByTheNext() throws Exception {
    assertThat(label("", IMAGE, "--output", "labels", "--top", "none")).isEqualTo(2);
    assertThat(label("", "labels", "--output", "labels")).isEqualTo(2);
    assertThat(kept()).noneMatch(name -> name.endsWith(".whole"));

    assertThat(label("", IMAGE, "--output", "labels")).isZero();
    assertThat(kept()).filteredOn(name -> name.endsWith(".whole")).hasSize(1);

    Path loaded = home.resolve("loaded");
    assertThat(label("-Xlog:class+load:file=" + loaded, IMAGE, "--output", "labels")).isZero();
    assertThat(Files.readString(loaded))
        .contains("dev.lakelens.pipeline.LabelJob source: shared objects file (top)");
    assertThat(kept()).singleElement().asString().endsWith(".jsa");
  }

  @Test
  void goesWithTheJarThatItIsOf() throws Exception {
    Path old = home.resolve("target/classes-1.jsa");
    Files.writeString(old, "of another jar");
    assertThat(label("", "--top", "none", IMAGE, "--output", "labels")).isEqualTo(2);
    assertThat(old).doesNotExist();
  }

  @Test
  void isNotMadeWhereItIsOff() throws Exception {
    assertThat(run("off", "", IMAGE, "--output", "labels")).isZero();
    assertThat(kept()).isEmpty();
    assertThat(run("on", "", IMAGE, "--output", "labels")).isEqualTo(2);
    assertThat(home.resolve("said")).content().contains("auto or off");
  }

  private List<String> kept() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("target"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("classes-"))
          .toList();
    }
  }

  private int label(String options, String... arguments) throws Exception {
    return run("auto", options, arguments);
  }

  private int run(String classData, String options, String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("jobs/label").directory(home.toFile());
    builder.command().addAll(List.of(arguments));
    builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JDK_JAVA_OPTIONS", options);
    builder.environment().put("LAKELENS_CLASS_DATA", classData);
    Path said = home.resolve("said");
    return builder.redirectErrorStream(true).redirectOutput(said.toFile()).start().waitFor();
  }
}

package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The assembly holds what a plain Spark lacks, and nothing that Spark has. */
class AssemblyIT {
  private static final Path ASSEMBLY = Path.of(System.getProperty("lakelens.assembly"));
  private static final List<String> OWNED_BY_SPARK =
      List.of(
          "org/slf4j/",
          "org/apache/commons/",
          "org/apache/http/",
          "com/fasterxml/",
          "io/netty/",
          "scala/",
          "net/razorvine/",
          "org/apache/hadoop/conf/",
          "org/apache/spark/sql/");

  @Test
  void holdsNothingThatSparkHas() throws IOException {
    assertThat(entries(ASSEMBLY))
        .noneMatch(entry -> OWNED_BY_SPARK.stream().anyMatch(entry::startsWith));
  }

  @Test
  void holdsNoClassThatTheEmbeddedClassPathHolds() throws IOException {
    Set<String> own = new HashSet<>(entries(ASSEMBLY));
    String classPath = Files.readString(ASSEMBLY.resolveSibling("embedded-class-path"));
    List<String> twice = new ArrayList<>();
    for (String jar : classPath.strip().split(File.pathSeparator, -1)) {
      entries(Path.of(jar)).stream()
          .filter(entry -> entry.endsWith(".class") && !entry.startsWith("META-INF"))
          .filter(own::contains)
          .forEach(twice::add);
    }
    assertThat(twice).isEmpty();
  }

  @Test
  void holdsTheModelAndTheS3Client() throws IOException {
    assertThat(entries(ASSEMBLY))
        .contains(
            "models/efficientnet-lite0/card.json",
            "org/apache/hadoop/fs/s3a/S3AFileSystem.class",
            "org/apache/spark/internal/io/cloud/PathOutputCommitProtocol.class",
            "software/amazon/awssdk/services/s3/S3Client.class");
  }

  @Test
  void staysSmall() throws IOException {
    assertThat(Files.size(ASSEMBLY)).isLessThan(70_000_000);
  }

  private static List<String> entries(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(ZipEntry::getName).toList();
    }
  }
}

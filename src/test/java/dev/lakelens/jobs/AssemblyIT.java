package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssemblyIT {
  private static final Path ASSEMBLY = Path.of(System.getProperty("lakelens.assembly"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/apache/spark/sql/",
        "org/apache/spark/deploy/",
        "org/apache/hadoop/conf/",
        "org/apache/hadoop/fs/FileSystem.class",
        "scala/",
        "org/slf4j/",
        "org/apache/logging/",
        "com/fasterxml/",
        "io/netty/",
        "com/google/protobuf/",
        "org/apache/http/",
        "ai/onnxruntime/native/win-x64/",
        "META-INF/versions/",
        "module-info.class"
      })
  void leavesOutWhatSparkHas(String prefix) throws IOException {
    assertThat(entries(ASSEMBLY)).noneMatch(name -> name.startsWith(prefix));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/apache/hadoop/fs/s3a/S3AFileSystem.class",
        "org/apache/hadoop/fs/s3a/commit/magic/MagicS3GuardCommitter.class",
        "software/amazon/awssdk/transfer/s3/S3TransferManager.class",
        "software/amazon/awssdk/services/sts/StsClient.class",
        "META-INF/services/org.apache.hadoop.fs.FileSystem",
        "models/efficientnet-lite0/efficientnet-lite0.safetensors",
        "models/efficientnet-lite0-int8/efficientnet-lite0-int8.onnx"
      })
  void holdsWhatSparkLacks(String name) throws IOException {
    assertThat(entries(ASSEMBLY)).contains(name);
  }

  @Test
  void repeatsNoClassOfTheEmbeddedClassPath() throws IOException {
    String classPath = Files.readString(ASSEMBLY.resolveSibling("embedded-class-path")).strip();
    List<String> own = entries(ASSEMBLY).stream().filter(name -> name.endsWith(".class")).toList();
    assertThat(own).doesNotHaveDuplicates();
    for (String jar : classPath.split(File.pathSeparator, -1)) {
      assertThat(entries(Path.of(jar))).as(jar).doesNotContainAnyElementsOf(own);
    }
  }

  private static List<String> entries(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(ZipEntry::getName).toList();
    }
  }
}

package dev.lakelens.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.image.ImageFile;
import dev.lakelens.image.SetupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputsTest {
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir private Path lake;

  @BeforeEach
  void addOneFile() throws IOException {
    write("plain.jpg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b.jpg",
        "100%.jpg",
        "%20.jpg",
        "a#b.jpg",
        "x[1].jpg",
        "{a,b}.jpg",
        "what?.jpg",
        "star*.jpg",
        "_leading.jpg",
        ".hidden.jpg",
        ".sum.jpg.crc",
        "a:b.jpg",
        "back\\slash.jpg",
        "new\nline.jpg",
        "\u00fc-composed.jpg",
        "u\u0308-decomposed.jpg",
        "\u65e5\u672c.jpg",
        "k=v/a.jpg",
        "deep/er/and deeper/a.jpg",
      })
  void listsAnOddNameByAPathThatOpensIt(String name) throws Exception {
    write(name);

    List<ImageFile> files = list(lake.toString());

    assertThat(files).hasSize(2);
    ImageFile odd =
        files.stream().filter(file -> !file.path().endsWith("/plain.jpg")).findFirst().get();
    assertThat(odd.path()).endsWith(name);
    assertThat(odd.length()).isEqualTo(bytes(name).length);
    assertThat(new FileReader(CONFIGURATION, 1000).read(odd)).isEqualTo(bytes(name));
    if (!name.contains(":")) { // the checksums of Hadoop's local file system know no colon
      org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(odd.path());
      try (InputStream in = path.getFileSystem(CONFIGURATION).open(path)) {
        assertThat(in.readAllBytes()).isEqualTo(bytes(name));
      }
    }
  }

  @Test
  void takesAnArgumentLiterallyBeforeItTakesItAsAGlob() throws IOException {
    write("x[1].jpg");
    write("x1.jpg");

    assertThat(list(lake + "/x[1].jpg"))
        .hasSize(1)
        .first()
        .matches(f -> f.path().endsWith("x[1].jpg"));
  }

  @Test
  void expandsAGlob() throws IOException {
    write("a/1.jpg");
    write("b/2.jpg");
    write("b/3.png");

    assertThat(list(lake + "/*/*.jpg")).hasSize(2);
  }

  @Test
  void listsAFileOnceWhenInputsOverlap() {
    assertThat(list(lake.toString(), lake + "/plain.jpg", lake + "/*")).hasSize(1);
  }

  @Test
  void followsALinkAndPassesOverALoop() throws IOException {
    Files.createSymbolicLink(lake.resolve("link.jpg"), lake.resolve("plain.jpg"));
    Files.createSymbolicLink(lake.resolve("loop"), lake);

    assertThat(list(lake.toString())).extracting(ImageFile::path).hasSize(2);
  }

  @Test
  void sortsByPath() throws IOException {
    write("b.jpg");
    write("a.jpg");

    assertThat(list(lake.toString())).extracting(ImageFile::path).isSorted();
  }

  @Test
  void refusesAnInputThatNamesNothing() {
    String missing = lake + "/missing";

    assertThatThrownBy(() -> list(missing))
        .isInstanceOf(SetupException.class)
        .hasMessage(
            "No such input: %s. Give an existing directory, file or glob; quote a glob."
                .formatted(missing));
  }

  @Test
  void refusesAnUnknownFileSystem() {
    assertThatThrownBy(() -> list("nowhere://bucket/a"))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith("The input nowhere://bucket/a cannot be read: ");
  }

  @Test
  void namesNoClassWhereAnInputIsNoPath() {
    assertThatThrownBy(() -> list("s3a:bucket"))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith(
            "The input s3a:bucket cannot be read: relative path in absolute URI: s3a:bucket. ");
  }

  @Test
  void containsWhatLiesBelowIt() throws IOException {
    Inputs inputs = Inputs.resolve(List.of(lake.toString()), CONFIGURATION);

    assertThat(inputs.contain(new org.apache.hadoop.fs.Path(lake + "/out/put"))).isTrue();
    assertThat(inputs.contain(new org.apache.hadoop.fs.Path(lake.toString()))).isTrue();
    assertThat(inputs.contain(new org.apache.hadoop.fs.Path(lake + "-other"))).isFalse();
  }

  @Test
  void refusesAJvmWhoseFileNamesAreNotUtf8() {
    assertThatThrownBy(() -> LocalListing.requireUtf8Names("ANSI_X3.4-1968"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("Set LC_ALL=C.UTF-8");
  }

  private static List<ImageFile> list(String... inputs) {
    return Inputs.resolve(List.of(inputs), CONFIGURATION).list();
  }

  private void write(String name) throws IOException {
    Path file = lake.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes(name));
  }

  private static byte[] bytes(String name) {
    return ("bytes of " + name).getBytes(StandardCharsets.UTF_8);
  }
}

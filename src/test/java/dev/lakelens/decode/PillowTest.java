package dev.lakelens.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of file against Pillow, with OpenCV and without it. */
class PillowTest {
  private static final Path FIXTURES = Path.of("src/test/resources/decode");
  private static final DecodeOptions APPLY =
      new DecodeOptions(DecodeOptions.DEFAULT_MAX_PIXELS, ExifOrientation.APPLY);

  static Stream<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    pillow().fieldNames().forEachRemaining(names::add);
    return names.stream();
  }

  static Stream<String> files() throws IOException {
    return names().map(PillowTest::file).distinct();
  }

  /**
   * Without WebP, and without the damaged file that OpenCV and Pillow take and the JDK warns of.
   */
  static Stream<String> namesForTheJdk() throws IOException {
    return names()
        .filter(name -> !name.startsWith("webp"))
        .filter(name -> !name.equals("jpeg-early-end.jpg"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void equalsPillow(String name) throws Exception {
    assertThat(decoded(ImageDecoder.create(options(name)), name)).isEqualTo(expected(name));
  }

  @ParameterizedTest
  @MethodSource("namesForTheJdk")
  void equalsPillowWithoutOpenCv(String name) throws Exception {
    assertThat(decoded(ImageDecoder.pure(options(name)), name)).isEqualTo(expected(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void readsTheSizeBeforeItDecodes(String name) throws Exception {
    ImageHeader header = ImageHeader.read(bytes(name));

    if (!name.endsWith("@apply")) {
      assertThat(header.width() + " x " + header.height()).isEqualTo(size(name));
    }
    assertThat(file(name)).startsWith(header.format().text() + "-");
  }

  @ParameterizedTest
  @MethodSource("names")
  void rejectsMorePixelsThanTheLimit(String name) throws Exception {
    byte[] bytes = bytes(name);
    ImageHeader header = ImageHeader.read(bytes);
    DecodeOptions options = new DecodeOptions(header.pixels() - 1, ExifOrientation.IGNORE);

    assertThat(BadImagesTest.reason(ImageDecoder.create(options), bytes))
        .isEqualTo(Reason.TOO_MANY_PIXELS);
  }

  private static DecodeOptions options(String name) {
    return name.endsWith("@apply") ? APPLY : DecodeOptions.DEFAULTS;
  }

  private static String decoded(ImageDecoder decoder, String name)
      throws IOException, RejectedException, ReflectiveOperationException {
    byte[] bytes = bytes(name);
    Pixels pixels = decoder.decode(ImageHeader.read(bytes), bytes);
    return "%d x %d %s".formatted(pixels.width(), pixels.height(), sha256(pixels));
  }

  private static String sha256(Pixels pixels) throws ReflectiveOperationException {
    byte[] rgb = new byte[3 * pixels.width() * pixels.height()];
    int red = pixels.order() == Pixels.ChannelOrder.RGB ? 0 : 2;
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = pixels.data()[i + red];
      rgb[i + 1] = pixels.data()[i + 1];
      rgb[i + 2] = pixels.data()[i + 2 - red];
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(rgb));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new ReflectiveOperationException(e);
    }
  }

  private static String expected(String name) throws IOException {
    return size(name) + " " + pillow().get(name).get(2).asText();
  }

  private static String size(String name) throws IOException {
    JsonNode entry = pillow().get(name);
    return entry.get(0).asInt() + " x " + entry.get(1).asInt();
  }

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(FIXTURES.resolve(file(name)));
  }

  private static String file(String name) {
    return name.replace("@apply", "");
  }

  private static JsonNode pillow() throws IOException {
    return new ObjectMapper().readTree(FIXTURES.resolve("pillow.json").toFile());
  }
}

package dev.lakelens.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadImagesTest {
  private static final Path FIXTURES = Path.of("src/test/resources/decode");

  /** Pillow, too, takes a PNG without its last 21 bytes: a part of IDAT's checksum, and IEND. */
  private static final int PIXELS_END = 22;

  private static final Map<String, Reason> BYTES =
      Map.ofEntries(
          Map.entry("", Reason.EMPTY),
          Map.entry("this is no image", Reason.UNKNOWN_FORMAT),
          Map.entry("<!DOCTYPE html><html></html>", Reason.UNKNOWN_FORMAT),
          Map.entry("<?xml version='1.0'?><svg width='9'/>", Reason.UNSUPPORTED_FORMAT),
          Map.entry("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", Reason.UNSUPPORTED_FORMAT),
          Map.entry("\0\0\0\u001cftypavif\0\0\0\0avifmif1", Reason.UNSUPPORTED_FORMAT),
          Map.entry("8BPS\0\u0001", Reason.UNSUPPORTED_FORMAT),
          Map.entry("%PDF-1.7", Reason.UNSUPPORTED_FORMAT),
          Map.entry("\u00ff\u00d8\u00ff", Reason.TRUNCATED),
          Map.entry("\u0089PNG\r\n\u001a\n", Reason.CORRUPT),
          Map.entry("GIF89a", Reason.TRUNCATED),
          Map.entry("BM", Reason.TRUNCATED),
          Map.entry("II*\0", Reason.TRUNCATED),
          Map.entry("RIFF\0\0\0\0WEBPVP8 ", Reason.TRUNCATED));

  static Stream<Arguments> bytes() {
    return BYTES.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("bytes")
  void rejectsBytesThatAreNoWholeHeader(String latin1, Reason reason) {
    assertThat(reason(native3(), latin1.getBytes(ISO_8859_1))).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jpeg-420.jpg",
        "jpeg-progressive.jpg",
        "jpeg-restart.jpg",
        "jpeg-cmyk.jpg",
        "png-rgb-8.png",
        "tiff-lzw.tif",
        "bmp-24.bmp",
      })
  void rejectsAnImageThatEndsEarly(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FIXTURES.resolve(name));
    for (int percent : new int[] {10, 50, 90}) {
      byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
      for (ImageDecoder decoder : decoders()) {
        assertThat(reason(decoder, cut)).as("%d %%", percent).isEqualTo(Reason.TRUNCATED);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"webp-lossy.webp", "webp-lossless.webp", "gif-animated.gif", "png-palette-4.png"})
  void rejectsAnImageThatEndsEarlyAsTruncatedOrCorrupt(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FIXTURES.resolve(name));

    assertThat(reason(native3(), Arrays.copyOf(whole, whole.length / 3)))
        .isIn(Reason.TRUNCATED, Reason.CORRUPT);
  }

  @Test
  void rejectsAJpegWithoutItsEndMarker() throws IOException {
    byte[] whole = Files.readAllBytes(FIXTURES.resolve("jpeg-420.jpg"));
    for (ImageDecoder decoder : decoders()) {
      assertThat(reason(decoder, Arrays.copyOf(whole, whole.length - 2)))
          .isEqualTo(Reason.TRUNCATED);
    }
  }

  @Test
  void takesAJpegWithBytesAfterItsEnd() throws Exception {
    byte[] whole = Files.readAllBytes(FIXTURES.resolve("jpeg-420.jpg"));
    byte[] longer = Arrays.copyOf(whole, whole.length + 100);
    for (ImageDecoder decoder : decoders()) {
      assertThat(decoder.decode(ImageHeader.read(longer), longer).width()).isEqualTo(61);
    }
  }

  @Test
  void takesAJpegWithFillBytesAndAnUnknownSegment() throws Exception {
    byte[] whole = Files.readAllBytes(FIXTURES.resolve("jpeg-420.jpg"));
    String text = new String(whole, ISO_8859_1);
    byte[] odd =
        (text.substring(0, 2) + "\u00ff\u00ff\u00ff\u00e5\0\u0004xx" + text.substring(2))
            .getBytes(ISO_8859_1);
    for (ImageDecoder decoder : decoders()) {
      Pixels pixels = decoder.decode(ImageHeader.read(odd), odd);
      assertThat(pixels.height()).isEqualTo(47);
    }
  }

  /** Pillow takes an image with an early end marker, too, and leaves the rest of it gray. */
  @Test
  void givesTheSamePixelsOfADamagedImageWhateverWasBefore() throws Exception {
    byte[] before = Files.readAllBytes(FIXTURES.resolve("jpeg-444.jpg"));
    byte[] damaged = Files.readAllBytes(FIXTURES.resolve("jpeg-early-end.jpg"));
    byte[] alone = native3().decode(ImageHeader.read(damaged), damaged).data();

    ImageDecoder decoder = native3();
    decoder.decode(ImageHeader.read(before), before);

    assertThat(decoder.decode(ImageHeader.read(damaged), damaged).data()).isEqualTo(alone);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg-420.jpg", "jpeg-progressive.jpg", "jpeg-cmyk.jpg", "png-rgb-8.png"})
  void neverGivesThePixelsOfTheImageBefore(String name) throws Exception {
    byte[] before = Files.readAllBytes(FIXTURES.resolve("jpeg-444.jpg"));
    byte[] whole = Files.readAllBytes(FIXTURES.resolve(name));
    for (ImageDecoder decoder : decoders()) {
      for (int length = whole.length / 5; length <= whole.length - PIXELS_END; length += 40) {
        decoder.decode(ImageHeader.read(before), before);
        assertThat(reason(decoder, Arrays.copyOf(whole, length)))
            .as("%d bytes", length)
            .isEqualTo(Reason.TRUNCATED);
      }
    }
  }

  /** Three changed bytes, mostly in headers: pixels or a rejection, never another exception. */
  @ParameterizedTest
  @MethodSource("dev.lakelens.decode.PillowTest#files")
  void decodesOrRejectsDamagedBytes(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FIXTURES.resolve(name));
    Random random = new Random(name.hashCode());
    for (int i = 0; i < 40; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      damaged[random.nextInt(120)] = (byte) random.nextInt(256);
      damaged[random.nextInt(120)] = (byte) 255;
      for (ImageDecoder decoder : decoders()) {
        assertThatCode(() -> decodeOrReject(decoder, damaged)).doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {60_000, Integer.MAX_VALUE, 0xFFFF_FFFFL})
  void rejectsPngsThatDeclareTooManyPixels(long side) throws IOException {
    byte[] png = Files.readAllBytes(FIXTURES.resolve("png-rgb-8.png"));
    ByteBuffer.wrap(png).putInt(16, (int) side).putInt(20, (int) side);

    assertThat(reason(native3(), png)).isEqualTo(Reason.TOO_MANY_PIXELS);
  }

  @Test
  void rejectsPngsWithoutWidth() throws IOException {
    byte[] png = Files.readAllBytes(FIXTURES.resolve("png-rgb-8.png"));
    ByteBuffer.wrap(png).putInt(16, 0);

    assertThat(reason(native3(), png)).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void rejectsTiffsOfFloats() throws IOException {
    assertThat(reason(native3(), Files.readAllBytes(FIXTURES.resolve("bad-tiff-float.tif"))))
        .isEqualTo(Reason.UNSUPPORTED_FORMAT);
  }

  @Test
  void rejectsWebpWithoutOpenCv() throws IOException {
    byte[] webp = Files.readAllBytes(FIXTURES.resolve("webp-lossless.webp"));

    assertThat(reason(ImageDecoder.pure(DecodeOptions.DEFAULTS), webp))
        .isEqualTo(Reason.DECODER_UNAVAILABLE);
  }

  @Test
  void rejectsABombOfFewBytes() {
    byte[] gif =
        ("GIF89a\u00ff\u00ff\u00ff\u00ff\u0080\0\0\0\0\0\u00ff\u00ff\u00ff"
                + ",\0\0\0\0\u00ff\u00ff\u00ff\u00ff\0\u0002\u0002D\u0001\0;")
            .getBytes(ISO_8859_1);

    assertThat(reason(native3(), gif)).isEqualTo(Reason.TOO_MANY_PIXELS);
  }

  @Test
  void takesSparksImagesOfOneThreeAndFourChannels() throws Exception {
    assertThat(SparkImage.pixels(1, 1, 1, 0, new byte[] {7}).data()).containsExactly(7, 7, 7);
    assertThat(SparkImage.pixels(1, 1, 3, 16, new byte[] {1, 2, 3}).data())
        .containsExactly(1, 2, 3);
    assertThat(SparkImage.pixels(1, 1, 4, 24, new byte[] {1, 2, 3, 9}).data())
        .containsExactly(1, 2, 3);
  }

  @Test
  void rejectsSparksImagesThatContradictThemselves() {
    assertThat(sparkReason(2, 1, 3, 16, new byte[3])).isEqualTo(Reason.CORRUPT);
    assertThat(sparkReason(1, 1, 3, 21, new byte[3])).isEqualTo(Reason.UNSUPPORTED_FORMAT);
  }

  private static Reason sparkReason(int width, int height, int channels, int mode, byte[] data) {
    try {
      SparkImage.pixels(width, height, channels, mode, data);
      throw new AssertionError("not rejected");
    } catch (RejectedException e) {
      return e.rejection().reason();
    }
  }

  private static ImageDecoder native3() {
    assertThat(NativeCodecs.failure()).isEqualTo(Optional.empty());
    return ImageDecoder.create(DecodeOptions.DEFAULTS);
  }

  private static ImageDecoder[] decoders() {
    return new ImageDecoder[] {native3(), ImageDecoder.pure(DecodeOptions.DEFAULTS)};
  }

  private static void decodeOrReject(ImageDecoder decoder, byte[] bytes) {
    try {
      ImageHeader header = ImageHeader.read(bytes);
      Pixels pixels = decoder.decode(header, bytes);
      assertThat(pixels.width()).isEqualTo(header.width());
      assertThat(pixels.height()).isEqualTo(header.height());
    } catch (RejectedException e) {
      assertThat(e.rejection().message()).isNotBlank();
    }
  }

  static Reason reason(ImageDecoder decoder, byte[] bytes) {
    try {
      decoder.decode(ImageHeader.read(bytes), bytes);
    } catch (RejectedException e) {
      return e.rejection().reason();
    }
    throw new AssertionError("not rejected");
  }
}

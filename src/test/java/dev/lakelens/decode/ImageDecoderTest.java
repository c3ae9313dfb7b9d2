package dev.lakelens.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With OpenCV and without: one contract, whose truth is Pillow. */
class ImageDecoderTest {
  private static final ImageDecoder WITH_OPENCV = ImageDecoder.create(DecodeOptions.DEFAULTS, 0);
  private static final ImageDecoder WITHOUT =
      ImageDecoder.withoutNatives(DecodeOptions.DEFAULTS, 0, "It is left out.");

  // What the JDK's libjpeg decodes otherwise, or cannot; and one without an end marker.
  private static final Set<String> NEEDS_OPENCV =
      Set.of(
          "jpeg-440.jpg",
          "jpeg-uneven.jpg",
          "jpeg-arithmetic.jpg",
          "jpeg-progressive-rough.jpg",
          "jpeg-no-end-padded.jpg");

  static List<Fixtures.Expected> good() {
    return Fixtures.good();
  }

  static List<Fixtures.Expected> transposed() {
    return Fixtures.transposed();
  }

  static List<Fixtures.Bad> bad() {
    return Fixtures.bad();
  }

  static List<Fixtures.Damaged> damaged() {
    return Fixtures.damaged();
  }

  @AfterAll
  static void close() {
    WITH_OPENCV.close();
    WITHOUT.close();
  }

  @Test
  void loadsOpenCv() {
    assertThat(ImageDecoder.nativeFailure()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("good")
  void equalsPillow(Fixtures.Expected image) throws RejectedException {
    assertEqual(WITH_OPENCV, image);
  }

  @ParameterizedTest
  @MethodSource("good")
  void equalsPillowWithoutOpenCv(Fixtures.Expected image) throws RejectedException {
    if (image.name().endsWith(".webp") || NEEDS_OPENCV.contains(image.name())) {
      byte[] encoded = Fixtures.good(image.name());
      boolean noEnd = image.name().equals("jpeg-no-end-padded.jpg");
      assertRejected(WITHOUT, encoded, noEnd ? Reason.TRUNCATED : Reason.DECODER_UNAVAILABLE);
    } else {
      assertEqual(WITHOUT, image);
    }
  }

  @ParameterizedTest
  @MethodSource("transposed")
  void turnsByExifAsPillow(Fixtures.Expected image) throws RejectedException {
    DecodeOptions options =
        new DecodeOptions(
            DecodeOptions.DEFAULTS.maxPixels(), ExifOrientation.APPLY, DecodeMode.EXACT);
    try (ImageDecoder decoder = ImageDecoder.create(options, 0)) {
      assertEqual(decoder, image);
    }
  }

  @ParameterizedTest
  @MethodSource("bad")
  void rejectsBadFiles(Fixtures.Bad file) {
    assertThat(verdict(WITH_OPENCV, Fixtures.bad(file.name())).text()).isEqualTo(file.reason());
  }

  @ParameterizedTest
  @MethodSource("bad")
  void rejectsBadFilesWithoutOpenCv(Fixtures.Bad file) {
    boolean image = file.name().endsWith(".webp") && !file.name().startsWith("webp-header");
    assertThat(verdict(WITHOUT, Fixtures.bad(file.name())).text())
        .isEqualTo(image ? "decoder_unavailable" : file.reason());
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void judgesDamageAsPillow(Fixtures.Damaged file) throws RejectedException {
    byte[] encoded = file.bytes();
    if (file.verdict().equals("ok")) {
      assertThat(Fixtures.sha256(Fixtures.decode(WITH_OPENCV, encoded))).isEqualTo(file.sha256());
    } else {
      Reason reason = verdict(WITH_OPENCV, encoded);
      if (file.verdict().equals("truncated")) {
        assertThat(reason).isEqualTo(Reason.TRUNCATED);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void judgesDamageAsPillowOrNotAtAllWithoutOpenCv(Fixtures.Damaged file) {
    byte[] encoded = file.bytes();
    try {
      Pixels pixels = Fixtures.decode(WITHOUT, encoded);
      assertThat(file.verdict()).isEqualTo("ok");
      assertThat(Fixtures.sha256(pixels)).isEqualTo(file.sha256());
    } catch (RejectedException e) {
      if (file.verdict().equals("ok")) {
        // Whether the rows of a JPEG without an end are complete, the JDK does not tell.
        assertThat(e.rejection().reason()).isIn(Reason.DECODER_UNAVAILABLE, Reason.TRUNCATED);
      }
    }
  }

  @Test
  void forgetsTheImageBefore() throws RejectedException {
    byte[] truncated = Fixtures.bad("jpeg-truncated.jpg");
    for (ImageDecoder decoder : List.of(WITH_OPENCV, WITHOUT)) {
      Fixtures.decode(decoder, Fixtures.good("jpeg-420.jpg"));
      assertRejected(decoder, truncated, Reason.TRUNCATED);
      Fixtures.decode(decoder, Fixtures.good("png-rgb-8.png"));
      assertEqual(decoder, named("gif-offset-frame.gif"));
      assertEqual(decoder, named("png-zlib-ends-early.png"));
    }
  }

  @Test
  void allocatesNextToNothingForWhatItRejects() {
    for (Fixtures.Bad file : Fixtures.bad()) {
      byte[] encoded = Fixtures.bad(file.name());
      verdict(WITH_OPENCV, encoded);
      long before = allocated();
      verdict(WITH_OPENCV, encoded);
      assertThat(allocated() - before).as(file.name()).isLessThan(200_000);
    }
  }

  @Test
  void reusesItsBuffer() throws RejectedException {
    for (String name : List.of("jpeg-420.jpg", "png-rgb-8.png", "gif-plain.gif", "bmp-24.bmp")) {
      byte[] encoded = Fixtures.good(name);
      byte[] data = Fixtures.decode(WITH_OPENCV, encoded).data();
      long before = allocated();
      assertThat(Fixtures.decode(WITH_OPENCV, encoded).data()).isSameAs(data);
      assertThat(allocated() - before).as(name).isLessThan(30_000);
    }
  }

  @Test
  void limitsPixelsBeforeItDecodes() throws RejectedException {
    byte[] encoded = Fixtures.good("jpeg-420.jpg");
    ImageHeader huge = new ImageHeader(ImageFormat.JPEG, 65_500, 65_500);
    assertThatThrownBy(() -> WITH_OPENCV.decode(huge, encoded))
        .isInstanceOf(RejectedException.class)
        .hasMessage("65500 x 65500 pixels are more than 89478485");
    DecodeOptions exact = new DecodeOptions(61 * 47, ExifOrientation.IGNORE, DecodeMode.EXACT);
    DecodeOptions less = new DecodeOptions(61 * 47 - 1, ExifOrientation.IGNORE, DecodeMode.EXACT);
    assertThat(Fixtures.decode(ImageDecoder.create(exact, 0), encoded).width()).isEqualTo(61);
    assertRejected(ImageDecoder.create(less, 0), encoded, Reason.TOO_MANY_PIXELS);
  }

  @Test
  void rejectsDataOfAnotherSizeThanTheHeaderSays() {
    byte[] encoded = Fixtures.good("jpeg-420.jpg");
    ImageHeader other = new ImageHeader(ImageFormat.JPEG, 47, 61);
    for (ImageDecoder decoder : List.of(WITH_OPENCV, WITHOUT)) {
      RejectedException e =
          catchThrowableOfType(RejectedException.class, () -> decoder.decode(other, encoded));
      assertThat(e.rejection().reason()).isEqualTo(Reason.CORRUPT);
    }
  }

  @Test
  void saysWhyWebpNeedsOpenCv() {
    assertThatThrownBy(() -> Fixtures.decode(WITHOUT, Fixtures.good("webp-lossy.webp")))
        .hasMessage("WebP needs OpenCV. It is left out.");
  }

  @Test
  void rejectsJpegsOfCountlessScans() {
    byte[] whole = Fixtures.good("jpeg-progressive.jpg");
    int scan = indexOfScan(whole);
    int header = 2 + (whole[scan + 2] << 8 | whole[scan + 3]);
    byte[] many = new byte[scan + 1001 * header + whole.length - scan];
    System.arraycopy(whole, 0, many, 0, scan);
    for (int i = 0; i < 1001; i++) {
      System.arraycopy(whole, scan, many, scan + i * header, header);
    }
    System.arraycopy(whole, scan, many, scan + 1001 * header, whole.length - scan);
    assertRejected(WITH_OPENCV, many, Reason.CORRUPT);
    assertRejected(WITHOUT, many, Reason.CORRUPT);
  }

  @Test
  void decodesAlikeInThreadsWithoutContextClassLoader() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        tasks.add(ImageDecoderTest::decodeAllWithoutContextClassLoader);
      }
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static Void decodeAllWithoutContextClassLoader() throws RejectedException {
    Thread.currentThread().setContextClassLoader(null);
    try (ImageDecoder decoder = ImageDecoder.create(DecodeOptions.DEFAULTS, 0)) {
      for (Fixtures.Expected image : Fixtures.good()) {
        assertEqual(decoder, image);
      }
    }
    return null;
  }

  private static int indexOfScan(byte[] jpeg) {
    int i = 0;
    while (jpeg[i] != (byte) 0xFF || jpeg[i + 1] != (byte) JpegMarkers.SCAN) {
      i++;
    }
    return i;
  }

  private static Fixtures.Expected named(String name) {
    return Fixtures.good().stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  private static void assertEqual(ImageDecoder decoder, Fixtures.Expected image)
      throws RejectedException {
    Pixels pixels = Fixtures.decode(decoder, Fixtures.good(image.name()));
    assertThat(List.of(pixels.width(), pixels.height()))
        .as(image.name())
        .isEqualTo(List.of(image.width(), image.height()));
    assertThat(Fixtures.sha256(pixels)).as(image.name()).isEqualTo(image.sha256());
  }

  private static void assertRejected(ImageDecoder decoder, byte[] encoded, Reason reason) {
    assertThat(verdict(decoder, encoded)).isEqualTo(reason);
  }

  private static Reason verdict(ImageDecoder decoder, byte[] encoded) {
    RejectedException e =
        catchThrowableOfType(RejectedException.class, () -> Fixtures.decode(decoder, encoded));
    assertThat(e).as("not rejected").isNotNull();
    return e.rejection().reason();
  }
}

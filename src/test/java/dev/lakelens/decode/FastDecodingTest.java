package dev.lakelens.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The truth is Pillow's {@code draft}. */
class FastDecodingTest {
  private static final DecodeOptions FAST =
      new DecodeOptions(DecodeOptions.DEFAULT_MAX_PIXELS, ExifOrientation.IGNORE, DecodeMode.FAST);

  static List<Fixtures.Reduced> reduced() {
    return Fixtures.reduced();
  }

  @ParameterizedTest
  @MethodSource
  void reduced(Fixtures.Reduced reduced) throws RejectedException {
    byte[] encoded = Fixtures.good(reduced.image().name());
    ImageHeader header = ImageHeader.read(encoded);
    int shorter = Math.min(header.width(), header.height());

    try (ImageDecoder decoder = ImageDecoder.create(FAST, shorter / reduced.divisor())) {
      Pixels pixels = decoder.decode(header, encoded);

      assertThat(List.of(pixels.width(), pixels.height()))
          .isEqualTo(List.of(reduced.image().width(), reduced.image().height()));
      assertThat(Fixtures.sha256(pixels)).isEqualTo(reduced.image().sha256());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "JPEG, 511, 9000, 256, 1",
    "JPEG, 512, 9000, 256, 2",
    "JPEG, 9000, 1023, 256, 2",
    "JPEG, 1024, 1024, 256, 4",
    "JPEG, 2047, 2048, 256, 4",
    "JPEG, 2048, 2048, 256, 8",
    "JPEG, 20000, 20000, 256, 8",
    "WEBP, 20000, 20000, 256, 1",
    "PNG, 20000, 20000, 256, 1",
  })
  void keepsEnough(ImageFormat format, int width, int height, int enough, int divisor) {
    ImageHeader header = new ImageHeader(format, width, height);

    assertThat(new Reduction(DecodeMode.FAST, enough).of(header)).isEqualTo(divisor);
    assertThat(new Reduction(DecodeMode.EXACT, enough).of(header)).isEqualTo(1);
  }

  @Test
  void reducesNothingWithoutOpenCv() throws RejectedException {
    byte[] encoded = Fixtures.good("jpeg-420.jpg");
    ImageHeader header = ImageHeader.read(encoded);

    try (ImageDecoder few = ImageDecoder.withoutNatives(FAST, 8, "It is left out.");
        ImageDecoder all = ImageDecoder.withoutNatives(FAST, header.height(), "It is left out.")) {
      RejectedException e =
          catchThrowableOfType(RejectedException.class, () -> few.decode(header, encoded));
      assertThat(e.rejection().reason()).isEqualTo(Reason.DECODER_UNAVAILABLE);
      assertThat(e.rejection().message()).isEqualTo("Fast decoding needs OpenCV. It is left out.");
      assertThat(all.decode(header, encoded).width()).isEqualTo(header.width());
    }
  }
}

package dev.lakelens.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.image.RejectedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageHeaderTest {

  static List<Fixtures.Expected> good() {
    return Fixtures.good();
  }

  @ParameterizedTest
  @MethodSource("good")
  void readsFormatAndSize(Fixtures.Expected image) throws RejectedException {
    ImageHeader header = ImageHeader.read(Fixtures.good(image.name()));
    assertThat(image.name()).startsWith(header.format().text() + "-");
    boolean sideways = image.name().equals("tiff-orientation-6.tif");
    assertThat(header.width()).isEqualTo(sideways ? image.height() : image.width());
    assertThat(header.height()).isEqualTo(sideways ? image.width() : image.height());
  }

  @ParameterizedTest
  @CsvSource({
    "photo.heic, HEIC is not decoded",
    "photo.avif, AVIF is not decoded",
    "vector.svg, SVG is not decoded",
    "vector-prolog.svg, SVG is not decoded",
    "photo.jp2, JPEG 2000 is not decoded",
    "photo.jxl, JPEG XL is not decoded",
    "drawing.psd, PSD is not decoded",
    "paper.pdf, PDF is not decoded",
    "icon.ico, ICO is not decoded",
    "big.tif, BigTIFF is not decoded",
    "jpeg-12-bit.jpg, A JPEG of 3 components with 12 bits is not decoded",
    "page.png, The first bytes are those of no image format: 3c 21 44 4f 43 54 59 50",
  })
  void namesWhatItDoesNotDecode(String file, String message) {
    assertThatThrownBy(() -> ImageHeader.read(Fixtures.bad(file))).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "jpeg-420.jpg",
    "png-rgb-8.png",
    "gif-plain.gif",
    "bmp-24.bmp",
    "tiff-raw.tif",
    "webp-lossy.webp"
  })
  void rejectsEveryBeginningOfAFileOrReadsItsSize(String name) throws RejectedException {
    byte[] whole = Fixtures.good(name);
    ImageHeader header = ImageHeader.read(whole);
    for (int length = 0; length < Math.min(whole.length, 700); length++) {
      byte[] start = java.util.Arrays.copyOf(whole, length);
      try {
        assertThat(ImageHeader.read(start)).isEqualTo(header);
      } catch (RejectedException e) {
        String reason = e.rejection().reason().text();
        assertThat(reason).isIn("empty", "unknown_format", "truncated");
      }
    }
  }

  @Test
  void refusesSizesThatAreNone() {
    assertThatThrownBy(() -> new ImageHeader(ImageFormat.PNG, 0, 3))
        .hasMessage("No such image size: 0 x 3");
  }

  @Test
  void writesFormatsInLowerCase() {
    assertThat(ImageFormat.WEBP.text()).isEqualTo("webp");
  }
}

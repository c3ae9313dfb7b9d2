package dev.lakelens.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkImageTest {

  @Test
  void takesThreeChannelsAsTheyAre() throws RejectedException {
    byte[] bgr = {1, 2, 3, 4, 5, 6};
    Pixels pixels = SparkImage.pixels(2, 1, 3, 16, bgr);
    assertThat(pixels.data()).isSameAs(bgr);
    assertThat(pixels.order()).isEqualTo(Pixels.ChannelOrder.BGR);
  }

  @Test
  void repeatsGray() throws RejectedException {
    Pixels pixels = SparkImage.pixels(1, 2, 1, 0, new byte[] {7, (byte) 200});
    assertThat(pixels.data()).containsExactly(7, 7, 7, 200, 200, 200);
    assertThat(pixels.height()).isEqualTo(2);
  }

  @Test
  void dropsAlpha() throws RejectedException {
    Pixels pixels = SparkImage.pixels(2, 1, 4, 24, new byte[] {1, 2, 3, 99, 4, 5, 6, 99});
    assertThat(pixels.data()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @ParameterizedTest(name = "{0} x {1}, {2} channels, mode {3}, {4} bytes")
  @CsvSource({
    "2, 2, 3, 16, 11, CORRUPT",
    "2, 2, 3, 16, 13, CORRUPT",
    "2, 2, 1, 16, 4, CORRUPT",
    "0, 2, 3, 16, 0, CORRUPT",
    "-1, -1, 3, 16, 3, CORRUPT",
    "65536, 65536, 1, 0, 0, CORRUPT",
    "2, 2, 3, 21, 48, UNSUPPORTED_FORMAT",
    "2, 2, 3, -1, 12, UNSUPPORTED_FORMAT",
    "2, 2, 2, 8, 8, UNSUPPORTED_FORMAT",
  })
  void rejectsRowsThatContradictThemselves(
      int width, int height, int channels, int mode, int bytes, Reason reason) {
    RejectedException e =
        catchThrowableOfType(
            RejectedException.class,
            () -> SparkImage.pixels(width, height, channels, mode, new byte[bytes]));
    assertThat(e.rejection().reason()).isEqualTo(reason);
  }
}

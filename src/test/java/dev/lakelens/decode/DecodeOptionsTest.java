package dev.lakelens.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DecodeOptionsTest {

  @Test
  void limitsPixelsAsPillowDoes() {
    assertThat(DecodeOptions.DEFAULTS.maxPixels()).isEqualTo(1024 * 1024 * 1024 / 4 / 3);
    assertThat(DecodeOptions.DEFAULTS.exifOrientation()).isEqualTo(ExifOrientation.IGNORE);
  }

  @Test
  void refusesLimitsThatNoArrayHolds() {
    assertThatThrownBy(
            () -> new DecodeOptions(715_827_880, ExifOrientation.IGNORE, DecodeMode.EXACT))
        .hasMessage("--max-pixels must be 1 to 715827879, and is 715827880");
    assertThatThrownBy(() -> new DecodeOptions(0, ExifOrientation.IGNORE, DecodeMode.EXACT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.lakelens.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedTest {
  @ParameterizedTest
  @CsvSource({"0, 0 images", "1, 1 image", "2, 2 images", "-1, -1 images", "1000, '1,000 images'"})
  void isInTheSingularOrThePlural(long number, String text) {
    assertThat(Counted.of(number, "image")).isEqualTo(text);
  }

  @Test
  void isTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(Counted.classes(21_841)).isEqualTo("21,841 classes");
      assertThat(Counted.classes(1)).isEqualTo("1 class");
    } finally {
      Locale.setDefault(before);
    }
  }
}

package dev.lakelens.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PixelBufferTest {
  private final PixelBuffer buffer = new PixelBuffer();

  @Test
  void growsAndIsReused() {
    byte[] first = buffer.take(100);
    assertThat(first.length).isGreaterThanOrEqualTo(100);
    assertThat(buffer.take(50)).isSameAs(first);
    assertThat(buffer.take(1000).length).isGreaterThanOrEqualTo(1000);
  }

  @Test
  void doesNotKeepWhatAHugeImageNeeded() {
    byte[] huge = buffer.take(60 << 20);
    assertThat(huge).hasSize(60 << 20);
    assertThat(buffer.take(100).length).isLessThan(1000);
    assertThat(buffer.take(48 << 20)).hasSize(48 << 20);
  }
}

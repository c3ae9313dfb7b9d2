package dev.lakelens.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ResidentMemoryTest {
  @Test
  void readsThePeakInKilobytes() {
    List<String> status =
        List.of("Name:\tjava", "VmPeak:\t 9000 kB", "VmHWM:\t  785 kB", "Threads:\t3");

    assertThat(ResidentMemory.peakBytes(status)).isEqualTo(785 * 1024);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void isMoreThanTheHeapInUse() {
    byte[] block = new byte[1 << 22];

    assertThat(ResidentMemory.peakBytes()).isGreaterThan(block.length);
  }

  @Test
  void isZeroWhereNothingTellsIt() {
    assertThat(ResidentMemory.peakBytes(List.of("Name:\tjava"))).isZero();
  }
}

package dev.lakelens.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakelens.diagnose.Throughput.Pass;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThroughputTest {
  private static final Pass SLOW = new Pass(8, 12, Map.of("infer", 10.0));
  private static final Pass FAST = new Pass(2, 3, Map.of("infer", 2.0));
  private static final Pass BETWEEN = new Pass(4, 7, Map.of("infer", 6.0));

  @Test
  void takesTheMedianOfEachFigure() {
    Throughput throughput = Throughput.of(List.of(SLOW, FAST, BETWEEN), 200);

    assertThat(throughput.imagesPerSecond()).isEqualTo(50);
    assertThat(throughput.cpuMillis()).isCloseTo(35, within(1e-9));
    assertThat(throughput.stageMillis().get("infer")).isCloseTo(30, within(1e-9));
  }

  @Test
  void takesTheMeanOfTheTwoInTheMiddle() {
    assertThat(Throughput.median(List.of(SLOW, FAST), Pass::seconds)).isEqualTo(5);
  }
}

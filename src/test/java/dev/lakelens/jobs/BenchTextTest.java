package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakelens.diagnose.BenchResult;
import dev.lakelens.diagnose.NetworkGrid;
import dev.lakelens.diagnose.NetworkGrid.Point;
import dev.lakelens.diagnose.Throughput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchTextTest {
  private static final BenchResult RESULT =
      new BenchResult(
          "efficientnet-lite0",
          1000,
          3,
          2,
          2,
          new Throughput(240, 8.5, Map.of("infer", 5.25)),
          new Throughput(250, 8, Map.of("infer", 5.125)),
          new NetworkGrid(List.of(new Point(1, 1, 400), new Point(2, 1, 350))),
          785L << 20);

  @Test
  void setsTheJobBesideItsBound() {
    assertThat(BenchText.table(RESULT))
        .isEqualTo(
            """
            efficientnet-lite0, 1,000 images, medians of 3 passes

                                        job plain loop
            cores                         2          2
            infer, ms an image        5.250      5.125
            CPU, ms an image          8.500      8.000
            images/s                  240.0      250.0
            images/s and core         120.0      125.0
            job / plain loop           0.96

            network alone
               threads      batch   images/s
                     1          1      400.0  best
                     2          1      350.0

            peak resident memory 785 MB
            """);
  }

  @Test
  void writesTheSameAsJson() throws IOException {
    JsonNode json = new ObjectMapper().readTree(BenchText.json(RESULT));

    assertThat(json.at("/job/images_per_second").asDouble()).isEqualTo(240);
    assertThat(json.at("/loop/stage_millis/infer").asDouble()).isEqualTo(5.125);
    assertThat(json.at("/network/points/1/threads").asInt()).isEqualTo(2);
    assertThat(json.at("/peak_resident_bytes").asLong()).isEqualTo(785L << 20);
  }
}

package dev.lakelens.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.diagnose.NetworkGrid.Point;
import dev.lakelens.models.Models;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkGridTest {
  @Test
  void triesOneThreadARunAndAllCores() {
    NetworkGrid grid = NetworkGrid.measure(Models.load("efficientnet-lite0"), 2, 0.01);

    assertThat(grid.points()).extracting(Point::threads).contains(1, 2);
    assertThat(grid.points()).extracting(Point::batch).contains(1, 2);
    assertThat(grid.points()).allMatch(point -> point.imagesPerSecond() > 0);
  }

  @Test
  void namesTheFastestPoint() {
    Point fastest = new Point(1, 2, 30);

    assertThat(new NetworkGrid(List.of(new Point(1, 1, 20), fastest, new Point(2, 1, 10))).best())
        .isEqualTo(fastest);
  }
}

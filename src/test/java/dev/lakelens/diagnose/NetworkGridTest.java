package dev.lakelens.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.diagnose.NetworkGrid.Point;
import dev.lakelens.model.Model;
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
  void doublesThreadsUpToAllCoresAndKeepsAFixedBatch() {
    Model any = Models.load("efficientnet-lite0");
    Model fixed =
        new Model(
            any.card(),
            any.labels(),
            any.onnx(),
            any.tensorsDigest(),
            any.precision(),
            any.graphRevision(),
            any.classes(),
            any.embeddingSize(),
            2);
    NetworkGrid grid = NetworkGrid.measure(fixed, 5, 0.001);

    assertThat(grid.points()).extracting(Point::threads).containsExactly(1, 2, 4, 5);
    assertThat(grid.points()).extracting(Point::batch).containsOnly(2);
  }

  @Test
  void namesTheFastestPoint() {
    Point fastest = new Point(1, 2, 30);

    assertThat(new NetworkGrid(List.of(new Point(1, 1, 20), fastest, new Point(2, 1, 10))).best())
        .isEqualTo(fastest);
  }
}

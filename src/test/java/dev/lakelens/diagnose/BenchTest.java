package dev.lakelens.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.image.ImageFile;
import dev.lakelens.models.Models;
import dev.lakelens.pipeline.LabelOptions;
import dev.lakelens.pipeline.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
  private static final List<String> STAGES = List.of("read", "decode", "prepare", "infer", "write");

  @TempDir private Path scratch;

  @Test
  void measuresTheJobAndTheLoopAndLeavesNothing() {
    List<String> steps = new ArrayList<>();
    Bench bench =
        new Bench(
            JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext()),
            Models.load("efficientnet-lite0"),
            LabelOptions.DEFAULTS,
            steps::add,
            0.01);

    BenchResult result = bench.run(List.of("data-samples/images"), 5, 2, scratch.toString());

    assertThat(result.images()).isEqualTo(5);
    for (Throughput throughput : List.of(result.job(), result.loop())) {
      assertThat(throughput.stageMillis().keySet()).containsExactlyElementsOf(STAGES);
      assertThat(throughput.stageMillis().values()).allMatch(millis -> millis > 0);
      assertThat(throughput.imagesPerSecond()).isPositive();
      assertThat(throughput.cpuMillis()).isPositive();
    }
    assertThat(result.network().points()).isNotEmpty();
    assertThat(steps)
        .containsExactly("warming up", "pass 1 of 2", "pass 2 of 2", "the network alone");
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void spreadsImagesOverTheInput() {
    List<ImageFile> files =
        IntStream.range(0, 10).mapToObj(i -> new ImageFile("" + i, 1, 1, "")).toList();

    assertThat(Bench.spread(files, 3)).extracting(ImageFile::path).containsExactly("0", "3", "6");
    assertThat(Bench.spread(files, 10)).isSameAs(files);
    assertThat(Bench.spread(Collections.nCopies(100_000, files.get(0)), 50_000)).hasSize(50_000);
  }

  @Test
  void comparesByCore() {
    Throughput job = new Throughput(80, 0, Map.of());
    Throughput loop = new Throughput(50, 0, Map.of());

    assertThat(new BenchResult("m", 1, 1, 4, 2, job, loop, new NetworkGrid(List.of()), 0).ofBound())
        .isEqualTo(0.8);
  }
}

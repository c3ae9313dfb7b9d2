package dev.lakelens.diagnose;

import com.sun.management.OperatingSystemMXBean;
import dev.lakelens.diagnose.Throughput.Pass;
import dev.lakelens.image.ImageFile;
import dev.lakelens.image.SetupException;
import dev.lakelens.model.Model;
import dev.lakelens.pipeline.LabelJob;
import dev.lakelens.pipeline.LabelOptions;
import dev.lakelens.pipeline.PlainLoop;
import dev.lakelens.read.Inputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Measures a job, and what bounds it, on a user's own images: the job and a plain loop of the same
 * rooms, in turn, in one JVM.
 */
public final class Bench {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final double SECONDS_A_POINT = 1;

  private final JavaSparkContext spark;
  private final Model model;
  private final LabelOptions options;
  private final Consumer<String> progress;
  private final double secondsAPoint;

  /**
   * @param progress told what is measured next
   */
  public Bench(
      JavaSparkContext spark, Model model, LabelOptions options, Consumer<String> progress) {
    this(spark, model, options, progress, SECONDS_A_POINT);
  }

  /**
   * @param secondsAPoint of the network alone
   */
  Bench(
      JavaSparkContext spark,
      Model model,
      LabelOptions options,
      Consumer<String> progress,
      double secondsAPoint) {
    this.spark = spark;
    this.model = model;
    this.options = options;
    this.progress = progress;
    this.secondsAPoint = secondsAPoint;
  }

  /**
   * Measures.
   *
   * @param arguments directories, files and globs
   * @param most images, spread evenly over what is there
   * @param passes over the images that count; one more goes before them
   * @param scratch directory that all executors reach, for the datasets, which are removed again
   * @throws SetupException if anything is wrong with inputs, output or model
   */
  public BenchResult run(List<String> arguments, int most, int passes, String scratch) {
    Inputs inputs = Inputs.resolve(arguments, configuration());
    List<ImageFile> files = spread(inputs.list(), most);
    Path output = new Path(scratch, "lakelens-bench-" + UUID.randomUUID());
    LabelJob job = new LabelJob(spark, model, options, output.toString(), done -> {});
    PlainLoop loop = new PlainLoop(model, options, configuration());
    int threads = Runtime.getRuntime().availableProcessors();
    List<Pass> ofJob = new ArrayList<>();
    List<Pass> ofLoop = new ArrayList<>();
    try {
      for (int pass = 0; pass <= passes; pass++) {
        progress.accept(pass == 0 ? "warming up" : "pass %d of %d".formatted(pass, passes));
        Pass first = time(() -> job.run(inputs.qualified(), files, 0).manifest().stageSeconds());
        Pass second = time(() -> loop.run(files, threads));
        if (pass > 0) {
          ofJob.add(first);
          ofLoop.add(second);
        }
      }
    } finally {
      remove(output);
    }
    long resident = ResidentMemory.peakBytes();
    progress.accept("the network alone");
    return new BenchResult(
        model.card().name(),
        files.size(),
        passes,
        spark.defaultParallelism(),
        threads,
        Throughput.of(ofJob, files.size()),
        Throughput.of(ofLoop, files.size()),
        NetworkGrid.measure(model, threads, secondsAPoint),
        resident);
  }

  /** So many of them at most, at even distances. */
  static List<ImageFile> spread(List<ImageFile> files, int most) {
    if (files.size() <= most) {
      return files;
    }
    return IntStream.range(0, most)
        .mapToObj(i -> files.get((int) ((long) i * files.size() / most)))
        .toList();
  }

  private static Pass time(Supplier<Map<String, Double>> work) {
    long cpu = PROCESS.getProcessCpuTime();
    long start = System.nanoTime();
    Map<String, Double> stageSeconds = work.get();
    return new Pass(
        (System.nanoTime() - start) / 1e9, (PROCESS.getProcessCpuTime() - cpu) / 1e9, stageSeconds);
  }

  private void remove(Path output) {
    try {
      FileSystem fileSystem = output.getFileSystem(configuration());
      fileSystem.delete(output, true);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be removed".formatted(output), e);
    }
  }

  private Configuration configuration() {
    return spark.hadoopConfiguration();
  }
}

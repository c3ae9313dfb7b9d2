package dev.lakelens.pipeline;

import dev.lakelens.image.ImageFile;
import dev.lakelens.image.SetupException;
import dev.lakelens.infer.InferenceRunner;
import dev.lakelens.model.FileFault;
import dev.lakelens.model.Model;
import dev.lakelens.read.Inputs;
import dev.lakelens.read.LakeImages;
import dev.lakelens.read.PartitionPlan;
import dev.lakelens.read.ReadImage;
import dev.lakelens.read.TableImages;
import dev.lakelens.runs.Manifest;
import dev.lakelens.runs.OutputDataset;
import dev.lakelens.runs.StagedRun;
import dev.lakelens.write.OutcomeRow;
import dev.lakelens.write.ParquetOutput;
import dev.lakelens.write.RunCounts;
import dev.lakelens.write.WrittenLabels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Labels images and adds one run to a dataset.
 *
 * <p>Every input becomes one row. A bad image is a rejected row; a bad set-up stops the job before
 * its first task with a {@link SetupException}; anything else fails it, and leaves the dataset as
 * it was.
 */
public final class LabelJob {
  private final JavaSparkContext context;
  private final Model model;
  private final LabelOptions options;
  private final LabellerSpec spec;
  private final Path output;
  private final Consumer<Progress> progress;

  /**
   * Makes a job; {@link #run} runs it.
   *
   * @param output directory of the dataset, made where nothing is
   * @param progress told of it from another thread, as tasks report
   * @throws SetupException if the output is not a path, or labels are wanted of a model without any
   */
  public LabelJob(
      SparkSession spark,
      Model model,
      LabelOptions options,
      String output,
      Consumer<Progress> progress) {
    this(JavaSparkContext.fromSparkContext(spark.sparkContext()), model, options, output, progress);
  }

  /** As {@link #LabelJob(SparkSession, Model, LabelOptions, String, Consumer)}. */
  public LabelJob(
      JavaSparkContext context,
      Model model,
      LabelOptions options,
      String output,
      Consumer<Progress> progress) {
    this.context = context;
    this.model = model;
    this.options = options;
    this.spec = LabellerSpec.of(model, options, context.getConf().getInt("spark.task.cpus", 1));
    this.output = path(output);
    if (options.labels() && model.classes() == 0) {
      throw new SetupException(
          "%s has no classifier, so it has no labels. Use embed, or give another model."
              .formatted(model.card().name()));
    }
    this.progress = progress;
  }

  /**
   * Labels the files below directories, files and globs.
   *
   * @param partitions number of tasks, or 0 to let bytes and cores decide
   * @throws SetupException before the first task if anything is wrong with inputs, output or model
   */
  public RunResult run(List<String> arguments, int partitions) {
    Inputs inputs = Inputs.resolve(arguments, configuration());
    requireOutside(inputs);
    return run(inputs.qualified(), inputs.list(), partitions);
  }

  /**
   * Labels files that are listed already.
   *
   * @param inputs where they are from, for the manifest
   * @param partitions number of tasks, or 0 to let bytes and cores decide
   * @throws SetupException before the first task if there is no file, or anything is wrong with
   *     output or model
   */
  public RunResult run(List<String> inputs, List<ImageFile> files, int partitions) {
    if (files.isEmpty()) {
      throw new SetupException(
          "No file in %s. Give inputs that hold images.".formatted(String.join(", ", inputs)));
    }
    int tasks =
        partitions > 0
            ? partitions
            : PartitionPlan.partitions(files, options.maxBytes(), context.defaultParallelism());
    List<List<ImageFile>> plan = PartitionPlan.plan(files, options.maxBytes(), tasks);
    return label(inputs, LakeImages.read(context, plan, options.maxBytes()), files.size());
  }

  /**
   * Labels the images that rows hold, in Spark's {@code binaryFile} layout or its {@code image}
   * schema.
   *
   * @throws SetupException before the first task if anything is wrong with the columns, the output
   *     or the model
   */
  public RunResult run(Dataset<Row> table) {
    return label(List.of("table"), TableImages.read(table, options.maxBytes()), 0);
  }

  /**
   * @param expected images, or 0 where only the rows tell
   */
  private RunResult label(List<String> inputs, JavaRDD<ReadImage> images, long expected) {
    requireModelRuns();
    OutputDataset dataset = OutputDataset.open(output, configuration());
    StageMeters meters = StageMeters.register(context.sc());
    ProgressListener listener = new ProgressListener(meters.images, expected, progress);
    context.sc().addSparkListener(listener);
    JobGroup before = JobGroup.current(context);
    try (StagedRun run = dataset.begin(Instant.now())) {
      context.setJobGroup(run.id().text(), description(inputs), true);
      write(images, meters, run.directory());
      RunCounts counts = ParquetOutput.count(context, run.directory());
      requireAll(expected, counts);
      Manifest manifest =
          RunManifest.of(
              run,
              inputs,
              options,
              spec,
              images.getNumPartitions(),
              counts,
              meters.seconds(),
              context);
      Path directory = run.commit(manifest);
      return new RunResult(directory, manifest, new WrittenLabels(context, directory));
    } catch (IOException e) {
      throw new UncheckedIOException("The run cannot be written: " + FileFault.naming(e), e);
    } finally {
      before.restore(context);
      context.sc().removeSparkListener(listener);
    }
  }

  private void write(JavaRDD<ReadImage> images, StageMeters meters, Path directory)
      throws IOException {
    Broadcast<byte[]> onnx = context.broadcast(model.onnx());
    try {
      JavaRDD<OutcomeRow> rows = images.mapPartitions(new LabelPartition(spec, onnx, meters));
      ParquetOutput.write(context, rows, spec.session().fingerprint(), directory);
    } finally {
      onnx.destroy();
    }
  }

  private void requireOutside(Inputs inputs) {
    try {
      if (inputs.contain(output)) {
        throw new SetupException(
            "The output %s is inside an input, so the next run would read it. Give another --output."
                .formatted(output));
      }
    } catch (IOException e) {
      throw unwritable(output, e);
    }
  }

  private static Path path(String output) {
    try {
      return new Path(output);
    } catch (IllegalArgumentException e) {
      throw unwritable(output, e);
    }
  }

  private static SetupException unwritable(Object output, Exception cause) {
    return new SetupException(
        "The output %s cannot be written: %s. Give another --output."
            .formatted(output, FileFault.of(cause)),
        cause);
  }

  /** Opens the session on the driver: what ONNX Runtime refuses there, it refuses everywhere. */
  private void requireModelRuns() {
    try (InferenceRunner runner = InferenceRunner.open(spec.session(), model::onnx)) {
      runner.run();
    }
  }

  private static void requireAll(long expected, RunCounts counts) {
    if (expected > 0 && counts.images() != expected) {
      throw new IllegalStateException(
          "%,d images were listed and %,d rows were written".formatted(expected, counts.images()));
    }
  }

  private String description(List<String> inputs) {
    return "Lakelens: %s with %s into %s"
        .formatted(String.join(", ", inputs), spec.modelColumn(), output);
  }

  private Configuration configuration() {
    return context.hadoopConfiguration();
  }
}

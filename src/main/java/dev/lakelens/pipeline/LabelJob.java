package dev.lakelens.pipeline;

import dev.lakelens.image.ImageFile;
import dev.lakelens.image.SetupException;
import dev.lakelens.infer.InferenceRunner;
import dev.lakelens.model.Model;
import dev.lakelens.read.Inputs;
import dev.lakelens.read.LakeImages;
import dev.lakelens.read.PartitionPlan;
import dev.lakelens.read.ReadImage;
import dev.lakelens.read.TableImages;
import dev.lakelens.runs.CommittedRows;
import dev.lakelens.runs.Manifest;
import dev.lakelens.runs.OutputDataset;
import dev.lakelens.runs.StagedRun;
import dev.lakelens.write.OutcomeRow;
import dev.lakelens.write.OutputSchema;
import dev.lakelens.write.ParquetOutput;
import dev.lakelens.write.RunCounts;
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
  private final SparkSession spark;
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
   */
  public LabelJob(
      SparkSession spark,
      Model model,
      LabelOptions options,
      String output,
      Consumer<Progress> progress) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.model = model;
    this.options = options;
    this.spec = LabellerSpec.of(model, options, context.getConf().getInt("spark.task.cpus", 1));
    this.output = new Path(output);
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
    List<ImageFile> files = inputs.list();
    if (files.isEmpty()) {
      throw new SetupException(
          "No file in %s. Give inputs that hold images.".formatted(String.join(", ", arguments)));
    }
    int tasks =
        partitions > 0 ? partitions : PartitionPlan.partitions(files, context.defaultParallelism());
    List<List<ImageFile>> plan = PartitionPlan.plan(files, tasks);
    return label(arguments, LakeImages.read(context, plan, options.maxBytes()), files.size());
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
    StagedRun run = dataset.begin(Instant.now());
    StageMeters meters = StageMeters.register(spark.sparkContext());
    ProgressListener listener = new ProgressListener(meters.images, expected, progress);
    spark.sparkContext().addSparkListener(listener);
    context.setJobGroup(run.id().text(), description(inputs), true);
    try {
      Path directory = write(images, meters, run);
      RunCounts counts = ParquetOutput.count(context, directory);
      requireAll(expected, counts);
      Manifest manifest =
          RunManifest.of(run, inputs, options, spec, counts, meters.seconds(), context);
      run.commit(manifest);
      CommittedRows rows =
          CommittedRows.read(spark, OutputSchema.of(spec.session().fingerprint()), directory);
      return new RunResult(directory, manifest, rows);
    } catch (IOException e) {
      throw new UncheckedIOException("The run cannot be written: " + e.getMessage(), e);
    } finally {
      context.clearJobGroup();
      spark.sparkContext().removeSparkListener(listener);
    }
  }

  /** Labels the images and moves the rows into place, or removes what was written of them. */
  private Path write(JavaRDD<ReadImage> images, StageMeters meters, StagedRun run)
      throws IOException {
    Broadcast<byte[]> onnx = context.broadcast(model.onnx());
    try {
      JavaRDD<OutcomeRow> rows = images.mapPartitions(new LabelPartition(spec, onnx, meters));
      ParquetOutput.write(context, rows, spec.session().fingerprint(), run.directory());
      return run.moveIntoPlace();
    } catch (IOException | RuntimeException e) {
      abandon(run, e);
      throw e;
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
    } catch (IOException | IllegalArgumentException e) {
      throw new SetupException(
          "The output %s cannot be written: %s. Give another --output."
              .formatted(output, e.getMessage()),
          e);
    }
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

  private static void abandon(StagedRun run, Exception failure) {
    try {
      run.abandon();
    } catch (IOException e) {
      failure.addSuppressed(e);
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

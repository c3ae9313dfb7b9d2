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
import dev.lakelens.runs.RunCounts;
import dev.lakelens.runs.StagedRun;
import dev.lakelens.write.OutputSchema;
import dev.lakelens.write.ParquetOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

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

  private Consumer<Progress> progress = done -> {};

  /**
   * @param output directory of the dataset, made where nothing is
   */
  public LabelJob(SparkSession spark, Model model, LabelOptions options, String output) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.model = model;
    this.options = options;
    this.spec = LabellerSpec.of(model, options, spark.conf());
    this.output = new Path(output);
  }
}

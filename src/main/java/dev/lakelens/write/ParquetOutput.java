package dev.lakelens.write;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** Writes outcome rows as Parquet files, one for each partition, and counts what was committed. */
public final class ParquetOutput {
  /** Configuration key of the model's fingerprint, on its way to the footers. */
  static final String FINGERPRINT = "lakelens.fingerprint";

  private static final String S3A_COMMITTER = "fs.s3a.committer.name";

  /** S3A's default, which copies, and loses files where a task fails in the middle. */
  private static final String S3A_RENAMES = "file";

  private ParquetOutput() {}

  /**
   * Runs the job that makes the rows, and writes them.
   *
   * @param fingerprint of the model, kept in every file's footer
   * @param directory that must not exist yet
   */
  public static void write(
      JavaSparkContext spark, JavaRDD<OutcomeRow> rows, String fingerprint, Path directory)
      throws IOException {
    Job job = Job.getInstance(spark.hadoopConfiguration());
    job.setOutputFormatClass(OutcomeOutputFormat.class);
    OutcomeOutputFormat.setOutputPath(job, directory);
    ParquetOutputFormat.setCompression(job, CompressionCodecName.ZSTD);
    Configuration configuration = job.getConfiguration();
    configuration.set(FINGERPRINT, fingerprint);
    configuration.set("mapreduce.output.basename", "part");
    // Features hardly ever repeat: a dictionary of them is built for nothing.
    configuration.setBoolean(
        ParquetOutputFormat.ENABLE_DICTIONARY + "#embedding.list.element", false);
    if (configuration.get(S3A_COMMITTER, S3A_RENAMES).equals(S3A_RENAMES)) {
      configuration.set(S3A_COMMITTER, "magic");
    }
    rows.<Void, OutcomeRow>mapToPair(row -> new Tuple2<>(null, row))
        .saveAsNewAPIHadoopDataset(configuration);
  }

  /**
   * Counts the rows of a directory that was written; fails where a file has other rows than it
   * says.
   */
  public static RunCounts count(JavaSparkContext spark, Path directory) throws IOException {
    return RunCounts.sum(new WrittenFiles(spark, directory).map(FileCounts::read));
  }
}

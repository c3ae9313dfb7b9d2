package dev.lakelens.runs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.types.StructType;

/** The rows of one run, read back from its files. */
public final class CommittedRows {
  private final Dataset<Row> rows;

  private CommittedRows(Dataset<Row> rows) {
    this.rows = rows;
  }

  /**
   * Opens the files of a run.
   *
   * @param schema that the run was written with
   */
  public static CommittedRows read(SparkSession spark, StructType schema, Path directory) {
    return new CommittedRows(
        spark
            .read()
            .schema(schema)
            .option(DataSource.GLOB_PATHS_KEY(), "false") // a name with brackets is a name
            .parquet(directory.toString()));
  }

  /**
   * The top label of the first images by path.
   *
   * @param limit how many images at most
   */
  public List<LabelledImage> firstLabels(int limit) {
    return rows
        .where(col("label").isNotNull())
        .orderBy("path")
        .select("path", "label", "score")
        .limit(limit)
        .collectAsList()
        .stream()
        .map(row -> new LabelledImage(row.getString(0), row.getString(1), row.getFloat(2)))
        .toList();
  }

  /**
   * The most frequent top labels.
   *
   * @param limit how many labels at most
   */
  public List<LabelCount> mostFrequentLabels(int limit) {
    return rows
        .where(col("label").isNotNull())
        .groupBy("label")
        .agg(count(lit(1)).as("images"))
        .orderBy(col("images").desc(), col("label"))
        .limit(limit)
        .collectAsList()
        .stream()
        .map(row -> new LabelCount(row.getString(0), row.getLong(1)))
        .toList();
  }

  /** The top label of one image. */
  public record LabelledImage(String path, String label, float score) {}

  /** How many images have one top label. */
  public record LabelCount(String label, long images) {}
}

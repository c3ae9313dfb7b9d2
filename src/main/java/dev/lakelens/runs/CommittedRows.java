package dev.lakelens.runs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
    return new CommittedRows(spark.read().schema(schema).parquet(directory.toString()));
  }

  /** Counts by status and reason. */
  public RunCounts counts() {
    List<Row> groups =
        rows.groupBy(col("status"), col("reject.stage"), col("reject.reason"))
            .agg(
                count(lit(1)).as("images"),
                sum("length").as("bytes"),
                min("path").as("example"),
                min_by(col("reject.message"), col("path")).as("message"))
            .orderBy(col("images").desc(), col("example"))
            .collectAsList();
    long ok = 0;
    long rejected = 0;
    long bytes = 0;
    List<RejectCount> rejects = new ArrayList<>();
    for (Row group : groups) {
      long images = group.<Long>getAs("images");
      bytes += group.isNullAt(group.fieldIndex("bytes")) ? 0 : group.<Long>getAs("bytes");
      if (group.isNullAt(1)) {
        ok += images;
      } else {
        rejected += images;
        rejects.add(
            new RejectCount(
                group.getString(1),
                group.getString(2),
                images,
                group.getAs("example"),
                group.getAs("message")));
      }
    }
    return new RunCounts(ok + rejected, ok, rejected, bytes, rejects);
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

package dev.lakelens.write;

import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Writes outcome rows as Parquet files, one for each partition. */
public final class ParquetOutput {
  private ParquetOutput() {}

  /**
   * Runs the job that makes the rows, and writes them.
   *
   * @param directory that must not exist yet
   */
  public static void write(
      SparkSession spark, JavaRDD<Row> rows, StructType schema, Path directory) {
    SparkSession session = spark.newSession();
    // Spark's default, INT96, is deprecated in Parquet, and other tools read it with a warning.
    session.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    session
        .createDataFrame(rows, schema)
        .write()
        .option("compression", "zstd")
        // Features hardly ever repeat: a dictionary of them is built for nothing.
        .option("parquet.enable.dictionary#embedding.list.element", "false")
        .parquet(directory.toString());
  }
}

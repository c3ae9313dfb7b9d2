package dev.lakelens.jobs;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Where Spark runs: as {@code spark-submit} has set it, or in this process. */
final class SparkOptions {
  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master (default: local[*], in this process).")
  private String master; // null for the one that is configured, or all cores of this machine

  /** Opens a session; {@code --conf} wins over what is configured. */
  SparkSession open(ConfOptions conf) {
    boolean submitted = new SparkConf().contains("spark.master"); // spark-submit sets it
    SparkSession.Builder builder = SparkSession.builder().appName("Lakelens");
    if (!submitted) {
      builder.master(master == null ? "local[*]" : master);
      embedded(builder);
    }
    conf.given().forEach(builder::config);
    return builder.getOrCreate();
  }

  /** A session in this process listens on the loopback interface only, and reports every second. */
  private static void embedded(SparkSession.Builder builder) {
    builder
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.executor.heartbeatInterval", "1s")
        .config("spark.sql.shuffle.partitions", "1")
        // The largest broadcast is the model, whose weights do not compress.
        .config("spark.broadcast.compress", "false");
  }
}

package dev.lakelens.jobs;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Spark sessions: the one that {@code spark-submit} describes, or one in this process. */
final class SparkSessions {
  private SparkSessions() {}

  /**
   * Opens a session.
   *
   * @param master or null for the one that is configured, or all cores of this machine
   * @param conf further configuration, which wins
   */
  static SparkSession open(String master, Map<String, String> conf) {
    SparkConf configured = new SparkConf(); // what spark-submit has set
    boolean submitted = configured.contains("spark.master");
    SparkSession.Builder builder = SparkSession.builder().appName("Lakelens");
    if (!submitted) {
      builder.master(master == null ? "local[*]" : master);
      embedded(builder);
    }
    conf.forEach(builder::config);
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

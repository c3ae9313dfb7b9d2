package dev.lakelens.jobs;

import dev.lakelens.write.LocalFiles;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Option;

/** Where Spark runs: as {@code spark-submit} has set it, or in this process. */
final class SparkOptions {
  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master (default: local[*], in this process).")
  private String master; // null for the one that is configured, or all cores of this machine

  /** Starts Spark, without SQL; {@code --conf} wins over what is configured. */
  StartingSpark start(ConfOptions conf) {
    return new StartingSpark(() -> open(conf));
  }

  private JavaSparkContext open(ConfOptions conf) {
    SparkConf settings = new SparkConf(); // what spark-submit has set
    if (!settings.contains("spark.master")) {
      settings.setMaster(master == null ? "local[*]" : master);
      embed(settings);
    }
    settings.setIfMissing("spark.app.name", "Lakelens");
    conf.given().forEach(settings::set);
    return JavaSparkContext.fromSparkContext(SparkContext.getOrCreate(settings));
  }

  /** In this process it listens on the loopback interface only, and reports every second. */
  private static void embed(SparkConf settings) {
    settings
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.executor.heartbeatInterval", "1s")
        // Nobody asks for its gauges, and no network wants a native transport of Netty's.
        .set("spark.metrics.executorMetricsSource.enabled", "false")
        .set("spark.metrics.staticSources.enabled", "false")
        .set("spark.io.mode.default", "NIO")
        .set("spark.hadoop.fs.file.impl", LocalFiles.class.getName())
        // The largest broadcast is the model, whose weights do not compress.
        .set("spark.broadcast.compress", "false");
  }
}

package dev.lakelens.jobs;

import dev.lakelens.write.LocalFiles;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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

  /** Starts Spark beside what the caller does next; {@code --conf} wins over what is configured. */
  Starting start(ConfOptions conf) {
    return new Starting(new FutureTask<>(() -> open(conf)));
  }

  /** Spark, without SQL, on its way. */
  static final class Starting implements AutoCloseable {
    private final FutureTask<JavaSparkContext> context;

    private Starting(FutureTask<JavaSparkContext> context) {
      this.context = context;
      new Thread(context, "lakelens-start-spark").start();
    }

    JavaSparkContext context() {
      try {
        return context.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("Spark does not start: " + e.getCause().getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while Spark was starting", e);
      }
    }

    /** Stops what has started, which it waits for. */
    @Override
    public void close() {
      context().close();
    }
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
        .set("spark.hadoop.fs.file.impl", LocalFiles.class.getName())
        // The largest broadcast is the model, whose weights do not compress.
        .set("spark.broadcast.compress", "false");
  }
}

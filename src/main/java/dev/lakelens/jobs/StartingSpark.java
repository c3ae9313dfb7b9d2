package dev.lakelens.jobs;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark on its way, beside what the caller does meanwhile. */
final class StartingSpark implements AutoCloseable {
  private final FutureTask<JavaSparkContext> start;

  StartingSpark(Callable<JavaSparkContext> start) {
    this.start = new FutureTask<>(start);
    new Thread(this.start, "lakelens-start-spark").start();
  }

  JavaSparkContext context() {
    try {
      JavaSparkContext context = start.get();
      // Scopes group RDDs in the UI alone, and it takes 0.1 s to write the first as JSON.
      if (!context.getConf().getBoolean("spark.ui.enabled", true)) {
        context.setLocalProperty("spark.rdd.scope.noOverride", "true");
      }
      return context;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new IllegalStateException("Spark does not start: " + cause.getMessage(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while Spark was starting", e);
    }
  }

  /** Waits for what has been started, and stops it. */
  @Override
  public void close() {
    context().close();
  }
}

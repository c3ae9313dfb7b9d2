package dev.lakelens.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple4;
import scala.collection.Iterable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Turns the heartbeats of running tasks and the ends of finished ones into progress. Called from
 * Spark's listener thread only.
 */
final class ProgressListener extends SparkListener {
  private final long accumulator;
  private final long total;
  private final Consumer<Progress> progress;
  private final long start = System.nanoTime();
  private final Map<Long, Long> imagesByTask = new HashMap<>();
  private long done; // sum of imagesByTask

  ProgressListener(LongAccumulator images, long total, Consumer<Progress> progress) {
    this.accumulator = images.id();
    this.total = total;
    this.progress = progress;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    for (Tuple4<Object, Object, Object, Seq<AccumulableInfo>> task :
        CollectionConverters.asJava(update.accumUpdates())) {
      report((Long) task._1(), task._4());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskInfo().successful()) {
      report(end.taskInfo().taskId(), end.taskInfo().accumulables());
    } else {
      Long lost = imagesByTask.remove(end.taskInfo().taskId());
      done -= lost == null ? 0 : lost;
    }
  }

  private void report(long task, Iterable<AccumulableInfo> updates) {
    for (AccumulableInfo info : CollectionConverters.asJava(updates)) {
      if (info.id() == accumulator && info.update().isDefined()) {
        Long now = (Long) info.update().get();
        Long before = imagesByTask.put(task, now);
        done += now - (before == null ? 0 : before);
        progress.accept(new Progress(done, total, (System.nanoTime() - start) / 1e9));
      }
    }
  }
}

package dev.lakelens.pipeline;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * Images and thread time by stage, as tasks report them. An estimate: a task that is tried again
 * counts twice. Totals come from the committed output instead.
 */
final class StageMeters implements Serializable {
  private static final double NANOS_PER_SECOND = 1e9;

  final LongAccumulator images = new LongAccumulator();
  final LongAccumulator readNanos = new LongAccumulator();
  final LongAccumulator decodeNanos = new LongAccumulator();
  final LongAccumulator prepareNanos = new LongAccumulator();
  final LongAccumulator inferNanos = new LongAccumulator();

  /** What the reader of the rows takes, from the first row to the end of the task. */
  final LongAccumulator writeNanos = new LongAccumulator();

  /** Lets the tasks of Spark report to these meters. */
  static StageMeters register(SparkContext spark) {
    StageMeters meters = new StageMeters();
    spark.register(meters.images, "lakelens images");
    spark.register(meters.readNanos, "lakelens read nanoseconds");
    spark.register(meters.decodeNanos, "lakelens decode nanoseconds");
    spark.register(meters.prepareNanos, "lakelens prepare nanoseconds");
    spark.register(meters.inferNanos, "lakelens infer nanoseconds");
    spark.register(meters.writeNanos, "lakelens write nanoseconds");
    return meters;
  }

  /** Adds what another thread has measured. */
  void add(StageMeters other) {
    images.merge(other.images);
    readNanos.merge(other.readNanos);
    decodeNanos.merge(other.decodeNanos);
    prepareNanos.merge(other.prepareNanos);
    inferNanos.merge(other.inferNanos);
    writeNanos.merge(other.writeNanos);
  }

  /** Thread seconds by stage. */
  Map<String, Double> seconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("read", readNanos.value() / NANOS_PER_SECOND);
    seconds.put("decode", decodeNanos.value() / NANOS_PER_SECOND);
    seconds.put("prepare", prepareNanos.value() / NANOS_PER_SECOND);
    seconds.put("infer", inferNanos.value() / NANOS_PER_SECOND);
    seconds.put("write", writeNanos.value() / NANOS_PER_SECOND);
    return seconds;
  }
}

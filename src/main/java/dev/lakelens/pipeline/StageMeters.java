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

  final LongAccumulator images;
  final LongAccumulator readNanos;
  final LongAccumulator decodeNanos;
  final LongAccumulator prepareNanos;
  final LongAccumulator inferNanos;

  private StageMeters(
      LongAccumulator images,
      LongAccumulator readNanos,
      LongAccumulator decodeNanos,
      LongAccumulator prepareNanos,
      LongAccumulator inferNanos) {
    this.images = images;
    this.readNanos = readNanos;
    this.decodeNanos = decodeNanos;
    this.prepareNanos = prepareNanos;
    this.inferNanos = inferNanos;
  }

  static StageMeters register(SparkContext spark) {
    return new StageMeters(
        spark.longAccumulator("lakelens images"),
        spark.longAccumulator("lakelens read nanoseconds"),
        spark.longAccumulator("lakelens decode nanoseconds"),
        spark.longAccumulator("lakelens prepare nanoseconds"),
        spark.longAccumulator("lakelens infer nanoseconds"));
  }

  /** Thread seconds by stage. */
  Map<String, Double> seconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("read", readNanos.value() / NANOS_PER_SECOND);
    seconds.put("decode", decodeNanos.value() / NANOS_PER_SECOND);
    seconds.put("prepare", prepareNanos.value() / NANOS_PER_SECOND);
    seconds.put("infer", inferNanos.value() / NANOS_PER_SECOND);
    return seconds;
  }
}

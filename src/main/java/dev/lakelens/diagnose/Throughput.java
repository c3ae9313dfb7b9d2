package dev.lakelens.diagnose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How fast images went through, as medians of several passes over them.
 *
 * @param imagesPerSecond of all cores
 * @param cpuMillis of this process for an image; 0 where others did the work
 * @param stageMillis thread time for an image, by stage
 */
public record Throughput(
    double imagesPerSecond, double cpuMillis, Map<String, Double> stageMillis) {

  /**
   * One pass over the images.
   *
   * @param seconds of the wall clock
   * @param cpuSeconds of this process
   * @param stageSeconds of all threads together, by stage
   */
  record Pass(double seconds, double cpuSeconds, Map<String, Double> stageSeconds) {}

  /** The medians of passes over as many images. */
  static Throughput of(List<Pass> passes, int images) {
    double millis = 1e3 / images;
    Map<String, Double> stages = new LinkedHashMap<>();
    for (String stage : passes.get(0).stageSeconds().keySet()) {
      stages.put(stage, millis * median(passes, pass -> pass.stageSeconds().get(stage)));
    }
    return new Throughput(
        images / median(passes, Pass::seconds), millis * median(passes, Pass::cpuSeconds), stages);
  }

  /** The middle value, or the mean of the two in the middle. */
  static double median(List<Pass> passes, ToDoubleFunction<Pass> value) {
    double[] sorted = passes.stream().mapToDouble(value).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}

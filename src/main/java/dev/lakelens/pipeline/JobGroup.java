package dev.lakelens.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** The job group of this thread, kept to be brought back: it may be the caller's. */
final class JobGroup {
  private static final List<String> PROPERTIES =
      List.of("spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel");

  private final Map<String, String> values = new LinkedHashMap<>(); // null where it is unset

  private JobGroup() {}

  static JobGroup current(JavaSparkContext context) {
    JobGroup group = new JobGroup();
    PROPERTIES.forEach(key -> group.values.put(key, context.getLocalProperty(key)));
    return group;
  }

  void restore(JavaSparkContext context) {
    values.forEach(context::setLocalProperty);
  }
}

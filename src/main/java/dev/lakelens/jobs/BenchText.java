package dev.lakelens.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.lakelens.diagnose.BenchResult;
import dev.lakelens.diagnose.NetworkGrid;
import dev.lakelens.model.Counted;
import java.util.Locale;

/** What a bench has measured, for standard output. */
final class BenchText {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private BenchText() {}

  static String json(BenchResult result) throws JsonProcessingException {
    return JSON.writeValueAsString(result) + "\n";
  }

  static String table(BenchResult result) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%s, %s, medians of %s%n",
        result.model(),
        Counted.of(result.images(), "image"),
        Counted.of(result.passes(), "pass", "passes"));
    line(text, "%-20s %10s %10s", "", "job", "plain loop");
    both(text, "cores", result.jobCores(), result.loopCores(), 0);
    for (String stage : result.job().stageMillis().keySet()) {
      both(
          text,
          stage + ", ms an image",
          result.job().stageMillis().get(stage),
          result.loop().stageMillis().get(stage),
          3);
    }
    both(text, "CPU, ms an image", result.job().cpuMillis(), result.loop().cpuMillis(), 3);
    both(text, "images/s", result.job().imagesPerSecond(), result.loop().imagesPerSecond(), 1);
    both(
        text,
        "images/s and core",
        result.job().imagesPerSecond() / result.jobCores(),
        result.loop().imagesPerSecond() / result.loopCores(),
        1);
    line(text, "%-20s %10.2f", "job / plain loop", result.ofBound());
    network(text, result.network());
    if (result.peakResidentBytes() > 0) {
      line(text, "%npeak resident memory %,d MB", result.peakResidentBytes() >> 20);
    }
    return text.toString();
  }

  private static void network(StringBuilder text, NetworkGrid grid) {
    line(text, "%nnetwork alone");
    line(text, "%10s %10s %10s", "threads", "batch", "images/s");
    for (NetworkGrid.Point point : grid.points()) {
      line(
          text,
          "%10d %10d %10.1f%s",
          point.threads(),
          point.batch(),
          point.imagesPerSecond(),
          point.equals(grid.best()) ? "  best" : "");
    }
  }

  private static void both(StringBuilder text, String name, double job, double loop, int decimals) {
    String number = "%10." + decimals + "f";
    line(text, "%-20s " + number + " " + number, name, job, loop);
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format + "%n", values));
  }
}

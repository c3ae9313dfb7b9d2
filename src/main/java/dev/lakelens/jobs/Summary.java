package dev.lakelens.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.lakelens.model.Counted;
import dev.lakelens.pipeline.RunResult;
import dev.lakelens.runs.Manifest;
import dev.lakelens.write.RejectCount;
import dev.lakelens.write.RunCounts;
import dev.lakelens.write.WrittenLabels.LabelCount;
import dev.lakelens.write.WrittenLabels.LabelledImage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What a run has done, for standard output. */
final class Summary {
  private static final int IMAGES_TO_SHOW = 25;
  private static final int LABELS_TO_SHOW = 10;
  private static final int COUNT = 10; // digits and commas
  private static final int SCORE = 4;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Summary() {}

  static String json(RunResult result) throws JsonProcessingException {
    return JSON.writeValueAsString(result.manifest()) + "\n";
  }

  static String text(RunResult result) throws IOException {
    Manifest manifest = result.manifest();
    RunCounts counts = manifest.counts();
    StringBuilder text = new StringBuilder();
    Duration time =
        Duration.between(Instant.parse(manifest.started()), Instant.parse(manifest.finished()));
    double seconds = Math.max(time.toMillis(), 1) / 1e3;
    line(
        text,
        "%s: %,d ok, %,d rejected, in %.1f s (%.1f images/s)",
        Counted.of(counts.images(), "image"),
        counts.ok(),
        counts.rejected(),
        seconds,
        counts.images() / seconds);
    labels(text, result, counts);
    rejects(text, counts);
    line(text, "%nmodel   %s", manifest.model().name());
    line(text, "output  %s", result.directory());
    return text.toString();
  }

  private static void labels(StringBuilder text, RunResult result, RunCounts counts)
      throws IOException {
    if (counts.ok() > IMAGES_TO_SHOW) {
      List<LabelCount> labels = result.labels().mostFrequent(LABELS_TO_SHOW);
      heading(text, labels, "most frequent labels");
      List<String> names =
          Columns.lines(map(labels, label -> List.of(printable(label.label()))), COUNT);
      for (int i = 0; i < names.size(); i++) {
        line(text, "%s%,10d", names.get(i), labels.get(i).images());
      }
      return;
    }
    List<LabelledImage> images = result.labels().first(IMAGES_TO_SHOW);
    heading(text, images, "top labels");
    List<String> names =
        Columns.lines(
            map(images, image -> List.of(name(image.path()), printable(image.label()))), SCORE);
    for (int i = 0; i < names.size(); i++) {
      line(text, "%s%.2f", names.get(i), images.get(i).score());
    }
  }

  private static void rejects(StringBuilder text, RunCounts counts) {
    List<RejectCount> rejects = counts.rejects();
    heading(text, rejects, "rejected");
    List<String> reasons =
        Columns.lines(
            map(rejects, reject -> List.of(reject.stage() + "/" + reject.reason())), COUNT);
    for (int i = 0; i < reasons.size(); i++) {
      RejectCount reject = rejects.get(i);
      line(
          text,
          "%s%,10d  %s: %s",
          reasons.get(i),
          reject.images(),
          name(reject.example()),
          printable(reject.message()));
    }
  }

  private static <T> List<List<String>> map(List<T> entries, Function<T, List<String>> cells) {
    return entries.stream().map(cells).toList();
  }

  private static void heading(StringBuilder text, List<?> entries, String heading) {
    if (!entries.isEmpty()) {
      line(text, "%n%s", heading);
    }
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format + "%n", values));
  }

  /** The last part of a path. */
  private static String name(String path) {
    return printable(path.substring(path.lastIndexOf('/') + 1));
  }

  /** A file name may hold a newline, or letters that a terminal obeys. */
  private static String printable(String text) {
    return text.replaceAll("\\p{C}", "?");
  }
}

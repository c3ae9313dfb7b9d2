package dev.lakelens.pipeline;

import dev.lakelens.decode.ImageDecoder;
import dev.lakelens.model.CardJson;
import dev.lakelens.runs.Manifest;
import dev.lakelens.runs.OutputDataset;
import dev.lakelens.runs.StagedRun;
import dev.lakelens.write.RunCounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/** The manifest of a run that is about to be committed. */
final class RunManifest {
  private RunManifest() {}

  static Manifest of(
      StagedRun run,
      List<String> inputs,
      LabelOptions options,
      LabellerSpec spec,
      int partitions,
      RunCounts counts,
      Map<String, Double> stageSeconds,
      JavaSparkContext context) {
    return new Manifest(
        OutputDataset.FORMAT_VERSION,
        run.id().text(),
        options.labels() ? "label" : "embed",
        run.started().toString(),
        Instant.now().toString(),
        settings(inputs, options, spec.session().threads(), partitions),
        Versions.all(),
        new Manifest.ModelIdentity(
            spec.card().name(), spec.session().fingerprint(), CardJson.toMap(spec.card())),
        counts,
        stageSeconds,
        new Manifest.Machine(
            System.getProperty("os.name") + " " + System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            context.master(),
            context.defaultParallelism()));
  }

  private static Map<String, Object> settings(
      List<String> inputs, LabelOptions options, int threads, int partitions) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("inputs", inputs);
    if (options.labels()) {
      settings.put("top", options.top());
    }
    settings.put("batch", options.batch());
    settings.put("threads", threads);
    settings.put("partitions", partitions);
    settings.put("max_bytes", options.maxBytes());
    settings.put("max_pixels", options.decode().maxPixels());
    settings.put("jpeg_decoder", ImageDecoder.nativeFailure().isEmpty() ? "opencv" : "jdk");
    settings.put("decode", options.decode().mode().text());
    settings.put("exif_orientation", options.decode().exifOrientation().text());
    return settings;
  }
}

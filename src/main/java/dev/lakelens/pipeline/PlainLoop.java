package dev.lakelens.pipeline;

import dev.lakelens.image.ImageFile;
import dev.lakelens.model.Model;
import dev.lakelens.read.FileImages;
import dev.lakelens.write.OutcomeRow;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * The corridor without Spark and without Parquet: threads that read, decode, prepare and infer, and
 * drop the rows. It is the bound of what a job can do on the same cores.
 */
public final class PlainLoop {
  private final Model model;
  private final LabellerSpec spec;
  private final Configuration configuration;

  /**
   * @param configuration of the file systems
   */
  public PlainLoop(Model model, LabelOptions options, Configuration configuration) {
    this.model = model;
    this.spec = LabellerSpec.of(model, options, 1);
    this.configuration = configuration;
  }

  /**
   * Labels every file once.
   *
   * @param threads that take the next file as they are free
   * @return thread seconds by stage
   */
  public Map<String, Double> run(List<ImageFile> files, int threads) {
    StageMeters meters = new StageMeters();
    AtomicInteger next = new AtomicInteger();
    Threads.run("The plain loop", threads, () -> label(remaining(files, next)))
        .forEach(meters::add);
    if (meters.images.value() != files.size()) {
      throw new IllegalStateException(
          "%,d files were given and %,d were labelled"
              .formatted(files.size(), meters.images.value()));
    }
    return meters.seconds();
  }

  private StageMeters label(Iterator<ImageFile> files) {
    StageMeters meters = new StageMeters();
    try (Labeller labeller = Labeller.open(spec, model::onnx, meters);
        FileImages images = new FileImages(files, configuration, spec.options().maxBytes())) {
      Iterator<OutcomeRow> rows = labeller.label(images);
      while (rows.hasNext()) {
        rows.next();
      }
    }
    return meters;
  }

  /** What no other thread has taken. */
  private static Iterator<ImageFile> remaining(List<ImageFile> files, AtomicInteger next) {
    return IntStream.generate(next::getAndIncrement)
        .takeWhile(index -> index < files.size())
        .mapToObj(files::get)
        .iterator();
  }
}

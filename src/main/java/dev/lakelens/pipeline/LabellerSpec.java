package dev.lakelens.pipeline;

import dev.lakelens.image.SetupException;
import dev.lakelens.infer.SessionSpec;
import dev.lakelens.model.Fingerprint;
import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import java.io.Serializable;

/**
 * What a task must know to label images, apart from the model's bytes, which are broadcast.
 *
 * @param card of the model
 * @param labels class names
 * @param options of the job
 * @param session that the tasks of a JVM share
 */
record LabellerSpec(ModelCard card, Labels labels, LabelOptions options, SessionSpec session)
    implements Serializable {

  /**
   * @param threads that one run of the network may use
   * @throws SetupException if the graph takes batches of another size only
   */
  static LabellerSpec of(Model model, LabelOptions options, int threads) {
    int fixedBatch = model.fixedBatch();
    if (fixedBatch != 0 && fixedBatch != options.batch()) {
      throw new SetupException(
          "The model %s takes batches of %d only, and --batch is %d; give --batch %d"
              .formatted(model.card().name(), fixedBatch, options.batch(), fixedBatch));
    }
    SessionSpec session =
        SessionSpec.of(
            model,
            Fingerprint.of(
                model, options.decode().mode().text(), options.decode().exifOrientation().text()),
            options.batch(),
            threads);
    return new LabellerSpec(model.card(), model.labels(), options, session);
  }

  /** The value of the column {@code model}. */
  String modelColumn() {
    return Fingerprint.column(card.name(), session.fingerprint());
  }
}

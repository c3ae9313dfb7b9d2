package dev.lakelens.infer;

import static java.util.Objects.requireNonNull;

import dev.lakelens.model.Model;
import java.io.Serializable;

/**
 * Which session of a JVM is meant: equal specs share one.
 *
 * @param model its name, for messages
 * @param fingerprint of the model
 * @param inputSize side of the square input, in pixels
 * @param classes number of logits, 0 without a head
 * @param embeddingSize number of pooled features
 * @param batch images in one run, which the session fixes
 * @param threads that one run may use
 */
public record SessionSpec(
    String model,
    String fingerprint,
    int inputSize,
    int classes,
    int embeddingSize,
    int batch,
    int threads)
    implements Serializable {
  public SessionSpec {
    requireNonNull(model, "model is null");
    requireNonNull(fingerprint, "fingerprint is null");
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1, and is " + batch);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, and is " + threads);
    }
  }

  /** The session of a model. */
  public static SessionSpec of(Model model, String fingerprint, int batch, int threads) {
    return new SessionSpec(
        model.card().name(),
        fingerprint,
        model.card().preprocessing().inputSize(),
        model.classes(),
        model.embeddingSize(),
        batch,
        threads);
  }
}

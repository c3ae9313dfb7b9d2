package dev.lakelens.infer;

import static java.util.Objects.requireNonNull;

/**
 * The network's outputs for one image.
 *
 * @param logits one for each class, empty without a head // [classes]
 * @param embedding pooled features of the last convolution // [embeddingSize]
 */
public record Inference(float[] logits, float[] embedding) {
  public Inference {
    requireNonNull(logits, "logits is null");
    requireNonNull(embedding, "embedding is null");
  }

  /** Whether every output is a finite number. */
  public boolean finite() {
    return finite(logits) && finite(embedding);
  }

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}

package dev.lakelens.infer;

import dev.lakelens.model.Head;
import dev.lakelens.model.Labels;
import java.util.ArrayList;
import java.util.List;

/** Logits to the most probable classes. */
public final class Predictions {
  private Predictions() {}

  /**
   * The classes with the highest scores, the highest first; of equal logits the lower id is first.
   *
   * @param logits finite // [classes]
   * @param count how many at most
   */
  public static List<Prediction> top(float[] logits, Head head, Labels labels, int count) {
    int[] ids = highest(logits, Math.min(count, logits.length));
    List<Prediction> predictions = new ArrayList<>(ids.length);
    double total =
        head == Head.SOFTMAX && ids.length > 0 ? exponentials(logits, logits[ids[0]]) : 0;
    for (int id : ids) {
      double score =
          head == Head.SOFTMAX
              ? Math.exp((double) logits[id] - logits[ids[0]]) / total
              : 1 / (1 + Math.exp(-logits[id]));
      predictions.add(new Prediction(id, labels.name(id), (float) score));
    }
    return predictions;
  }

  /** Ids by falling logit, by insertion into a list of {@code count}. */
  private static int[] highest(float[] logits, int count) {
    int[] ids = new int[count];
    int size = 0;
    for (int id = 0; id < logits.length; id++) {
      int at = size;
      while (at > 0 && logits[id] > logits[ids[at - 1]]) {
        at--;
      }
      if (at < count) {
        size = Math.min(size + 1, count);
        System.arraycopy(ids, at, ids, at + 1, size - at - 1);
        ids[at] = id;
      }
    }
    return ids;
  }

  private static double exponentials(float[] logits, float highest) {
    double total = 0;
    for (float logit : logits) {
      total += Math.exp((double) logit - highest);
    }
    return total;
  }
}

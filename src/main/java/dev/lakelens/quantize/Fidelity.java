package dev.lakelens.quantize;

import dev.lakelens.image.SetupException;
import dev.lakelens.infer.Inference;
import dev.lakelens.infer.InferenceRunner;
import dev.lakelens.infer.SessionSpec;
import dev.lakelens.model.Fingerprint;
import dev.lakelens.model.Model;
import dev.lakelens.prepare.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well one model stands for another.
 *
 * @param photos compared, at least 2
 * @param skipped files that cannot be decoded
 * @param agreement share of photos with the same top class; of one logit, with the same sign
 * @param cosine of a photo's two embeddings, the mean
 * @param lowCosine the 5th percentile
 * @param neighbours share of a photo's ten nearest others that are the same
 */
public record Fidelity(
    int photos, int skipped, double agreement, double cosine, double lowCosine, double neighbours) {
  private static final int NEAREST = 10;
  private static final double LOW = 0.05;

  /**
   * Runs both models.
   *
   * @param each runs after each photo
   * @throws SetupException if fewer than two photos can be decoded
   */
  public static Fidelity of(Model model, Model other, Photos photos, Runnable each) {
    List<Inference> expected = new ArrayList<>();
    List<Inference> actual = new ArrayList<>();
    try (InferenceRunner first = open(model);
        InferenceRunner second = open(other)) {
      photos.forEach(
          model.card().preprocessing(),
          (file, tensor) -> {
            expected.add(infer(first, tensor));
            actual.add(infer(second, tensor));
          },
          each);
    }
    if (expected.size() < 2) {
      throw new SetupException(
          "Of the %d files to evaluate on, %d can be decoded, and at least 2 must."
              .formatted(photos.size(), expected.size()));
    }
    return of(expected, actual, photos.size() - expected.size());
  }

  static Fidelity of(List<Inference> expected, List<Inference> actual, int skipped) {
    int photos = expected.size();
    double[] cosines =
        IntStream.range(0, photos)
            .mapToDouble(i -> cosine(expected.get(i).embedding(), actual.get(i).embedding()))
            .sorted()
            .toArray();
    long same =
        IntStream.range(0, photos)
            .filter(i -> sameTop(expected.get(i).logits(), actual.get(i).logits()))
            .count();
    return new Fidelity(
        photos,
        skipped,
        (double) same / photos,
        Arrays.stream(cosines).average().orElseThrow(),
        cosines[(int) (LOW * (photos - 1))],
        sameNeighbours(embeddings(expected), embeddings(actual)));
  }

  private static InferenceRunner open(Model model) {
    int threads = Runtime.getRuntime().availableProcessors();
    SessionSpec spec = SessionSpec.of(model, Fingerprint.of(model, "exact", "ignore"), 1, threads);
    return InferenceRunner.open(spec, model::onnx);
  }

  private static Inference infer(InferenceRunner runner, Tensor tensor) {
    runner.input().floats().put(tensor.floats());
    runner.run();
    return runner.inference(0);
  }

  private static boolean sameTop(float[] one, float[] two) {
    return one.length == 1 ? one[0] > 0 == two[0] > 0 : top(one) == top(two);
  }

  private static int top(float[] logits) {
    int top = 0;
    for (int i = 1; i < logits.length; i++) {
      top = logits[i] > logits[top] ? i : top;
    }
    return top;
  }

  private static List<float[]> embeddings(List<Inference> inferences) {
    return inferences.stream().map(Inference::embedding).toList();
  }

  private static double sameNeighbours(List<float[]> expected, List<float[]> actual) {
    int count = Math.min(NEAREST, expected.size() - 1);
    long same = 0;
    for (int i = 0; i < expected.size(); i++) {
      List<Integer> nearest = nearest(actual, i, count);
      same += nearest(expected, i, count).stream().filter(nearest::contains).count();
    }
    return (double) same / (count * expected.size());
  }

  /** The photos nearest to one, which is not among them. */
  private static List<Integer> nearest(List<float[]> all, int photo, int count) {
    double[] cosines = all.stream().mapToDouble(other -> cosine(all.get(photo), other)).toArray();
    return IntStream.range(0, all.size())
        .filter(i -> i != photo)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -cosines[i]))
        .limit(count)
        .toList();
  }

  /** Of zeros, 0. */
  private static double cosine(float[] one, float[] two) {
    double dot = 0;
    double squares = 0;
    double otherSquares = 0;
    for (int i = 0; i < one.length; i++) {
      dot += (double) one[i] * two[i];
      squares += (double) one[i] * one[i];
      otherSquares += (double) two[i] * two[i];
    }
    return dot == 0 ? 0 : dot / Math.sqrt(squares * otherSquares);
  }
}

package dev.lakelens.diagnose;

import dev.lakelens.infer.Inference;
import dev.lakelens.infer.InferenceRunner;
import dev.lakelens.infer.SessionSpec;
import dev.lakelens.model.Counted;
import dev.lakelens.model.Fingerprint;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a model's outputs are from another program's, on the same inputs.
 *
 * @param images compared
 * @param differences the largest absolute one of each output that the reference has, by its name
 * @param sameTop images whose highest logit is of the same class; all where there are no logits
 */
public record Agreement(int images, Map<String, Double> differences, int sameTop) {
  private static final String LOGITS = "logits";
  private static final String EMBEDDING = "embedding";

  public Agreement {
    differences = Collections.unmodifiableSortedMap(new TreeMap<>(differences));
  }

  /** The largest difference of all outputs. */
  public double largest() {
    return Collections.max(differences.values());
  }

  /**
   * Runs a model on the tensor {@code input}, {@code [n, 3, size, size]}, RGB, normalised, and
   * compares with {@code logits}, {@code [n, classes]}, and {@code embedding}, {@code [n,
   * features]}, of which one may be absent.
   *
   * @param source the reference file, for messages
   * @throws ModelException where the reference does not fit the model
   */
  public static Agreement of(Model model, Tensors reference, String source) {
    int size = model.card().preprocessing().inputSize();
    Tensor input = tensor(reference, "input", List.of(3, size, size), source);
    int images = input.shape().get(0);
    FloatBuffer logits = expected(reference, LOGITS, images, model.classes(), source);
    FloatBuffer embedding = expected(reference, EMBEDDING, images, model.embeddingSize(), source);
    if (!logits.hasRemaining() && !embedding.hasRemaining()) {
      throw new ModelException(source + " has neither logits nor embedding to compare with");
    }
    int batch = Math.max(1, model.fixedBatch());
    SessionSpec spec = SessionSpec.of(model, Fingerprint.of(model, "exact", "ignore"), batch, 1);
    Comparison comparison = new Comparison();
    try (InferenceRunner runner = InferenceRunner.open(spec, model::onnx)) {
      FloatBuffer to = runner.input().floats();
      int values = to.limit() / batch; // of one image
      for (int first = 0; first < images; first += batch) {
        int rows = Math.min(batch, images - first);
        to.put(0, input.floats(), first * values, rows * values);
        runner.run();
        for (int row = 0; row < rows; row++) {
          comparison.add(runner.inference(row), logits, embedding, first + row);
        }
      }
    }
    return new Agreement(images, comparison.differences, comparison.sameTop);
  }

  private static FloatBuffer expected(
      Tensors reference, String name, int images, int values, String source) {
    if (!reference.byName().containsKey(name)) {
      return FloatBuffer.allocate(0);
    }
    Tensor tensor = tensor(reference, name, List.of(values), source);
    if (tensor.shape().get(0) != images) {
      throw new ModelException(
          "%s has %s and %s of %s"
              .formatted(
                  source,
                  Counted.of(images, "input"),
                  Counted.of(tensor.shape().get(0), "row"),
                  name));
    }
    return tensor.floats();
  }

  /** A tensor of any number of rows of a shape. */
  private static Tensor tensor(Tensors reference, String name, List<Integer> row, String source) {
    Tensor tensor = reference.byName().get(name);
    if (tensor == null) {
      throw new ModelException("%s has no tensor %s".formatted(source, name));
    }
    List<Integer> shape = tensor.shape();
    if (shape.isEmpty() || !shape.subList(1, shape.size()).equals(row)) {
      throw new ModelException(
          "%s has %s of shape %s; the model has rows of %s".formatted(source, name, shape, row));
    }
    return tensor;
  }

  private static final class Comparison {
    private final Map<String, Double> differences = new TreeMap<>();
    private int sameTop;

    void add(Inference actual, FloatBuffer logits, FloatBuffer embedding, int image) {
      add(LOGITS, actual.logits(), logits, image);
      add(EMBEDDING, actual.embedding(), embedding, image);
      if (!logits.hasRemaining() || sameTop(actual.logits(), logits, image)) {
        sameTop++;
      }
    }

    private void add(String output, float[] actual, FloatBuffer expected, int image) {
      if (expected.hasRemaining()) {
        differences.merge(output, difference(actual, expected, image), Math::max);
      }
    }

    private static double difference(float[] actual, FloatBuffer expected, int row) {
      double largest = 0;
      for (int i = 0; i < actual.length; i++) {
        double difference = Math.abs(actual[i] - expected.get(row * actual.length + i));
        largest =
            Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
      }
      return largest;
    }

    private static boolean sameTop(float[] actual, FloatBuffer expected, int row) {
      int best = 0;
      int expectedBest = 0;
      for (int i = 1; i < actual.length; i++) {
        best = actual[i] > actual[best] ? i : best;
        boolean higher =
            expected.get(row * actual.length + i)
                > expected.get(row * actual.length + expectedBest);
        expectedBest = higher ? i : expectedBest;
      }
      return best == expectedBest;
    }
  }
}

package dev.lakelens.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakelens.model.Head;
import dev.lakelens.model.Labels;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 100, 1000, 5000})
  void equalsASortInDouble(int count) {
    Random random = new Random(count);
    float[] logits = new float[1000];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = random.nextInt(50) / 4f; // many ties
    }

    List<Prediction> top = Predictions.top(logits, Head.SOFTMAX, labels(1000), count);

    double total = IntStream.range(0, 1000).mapToDouble(i -> Math.exp(logits[i])).sum();
    List<Integer> sorted =
        IntStream.range(0, 1000)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -logits[i]).thenComparing(i -> i))
            .limit(count)
            .toList();
    assertThat(top).extracting(Prediction::id).isEqualTo(sorted);
    assertThat(top)
        .allSatisfy(
            prediction -> {
              assertThat(prediction.label()).isEqualTo("class " + prediction.id());
              assertThat((double) prediction.score())
                  .isCloseTo(Math.exp(logits[prediction.id()]) / total, within(1e-7));
            });
  }

  @Test
  void survivesLogitsWhoseExponentialsDoNot() {
    List<Prediction> top =
        Predictions.top(new float[] {1000, 999, -1000}, Head.SOFTMAX, labels(3), 3);

    assertThat(top).extracting(Prediction::score).containsExactly(0.7310586f, 0.26894143f, 0f);
  }

  @Test
  void scoresEachClassOnItsOwnWithASigmoidHead() {
    List<Prediction> top = Predictions.top(new float[] {0, 2}, Head.SIGMOID, labels(2), 2);

    assertThat(top).extracting(Prediction::id).containsExactly(1, 0);
    assertThat(top).extracting(Prediction::score).containsExactly(0.8807971f, 0.5f);
  }

  private static Labels labels(int count) {
    return new Labels(IntStream.range(0, count).mapToObj(i -> "class " + i).toList());
  }
}

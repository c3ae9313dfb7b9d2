package dev.lakelens.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.decode.DecodeOptions;
import dev.lakelens.image.SetupException;
import dev.lakelens.model.Model;
import dev.lakelens.models.Models;
import org.junit.jupiter.api.Test;

class LabellerSpecTest {
  private static final Model LITE0 = Models.load("efficientnet-lite0");

  @Test
  void takesAnyBatchOfAModelThatDoes() {
    assertThat(LabellerSpec.of(LITE0, batch(7), 1).session().batch()).isEqualTo(7);
  }

  @Test
  void rejectsABatchThatTheModelDoesNotTake() {
    Model single = fixed(1);
    assertThat(LabellerSpec.of(single, batch(1), 1).session().batch()).isEqualTo(1);
    assertThatThrownBy(() -> LabellerSpec.of(single, batch(8), 1))
        .isInstanceOf(SetupException.class)
        .hasMessage(
            "The model efficientnet-lite0 takes batches of 1 only, and --batch is 8;"
                + " give --batch 1");
  }

  private static LabelOptions batch(int batch) {
    return new LabelOptions(true, 5, batch, 1 << 20, DecodeOptions.DEFAULTS);
  }

  private static Model fixed(int batch) {
    return new Model(
        LITE0.card(),
        LITE0.labels(),
        LITE0.onnx(),
        LITE0.tensorsDigest(),
        LITE0.precision(),
        LITE0.graphRevision(),
        LITE0.classes(),
        LITE0.embeddingSize(),
        batch);
  }
}

package dev.lakelens.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.Model;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Precision;
import dev.lakelens.quantize.Fidelity;
import dev.lakelens.quantize.Photos;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** EfficientNet-Lite0 in 8 bits, as the jar has it. */
class ShippedInt8Test {
  private static final Model LITE0 = Models.load("efficientnet-lite0");
  private static final Model INT8 = Models.load("efficientnet-lite0-int8");

  /** The digest that sha256sum gives of the file that jobs/model quantize wrote. */
  @Test
  void isTheFileThatTheCommandWrote() {
    assertThat(INT8.tensorsDigest())
        .isEqualTo("ef0fff7c44e0b8f250b094267440caeee55bd5461c6124f96c7e9606c208fa41");
    assertThat(INT8.precision()).isEqualTo(Precision.INT8);
    assertThat(INT8.onnx().length).isLessThan(5_000_000);
  }

  @Test
  void hasTheInputAndTheLabelsOfTheOriginal() {
    assertThat(INT8.labels()).isEqualTo(LITE0.labels());
    assertThat(INT8.card().preprocessing()).isEqualTo(LITE0.card().preprocessing());
    assertThat(INT8.card().weights().originSha256())
        .isEqualTo(LITE0.card().weights().originSha256());
  }

  @Test
  void labelsTheSamplesAsTheOriginalDoes() {
    Photos samples = Photos.below(Path.of("data-samples/images"));
    Fidelity fidelity = Fidelity.of(LITE0, INT8, samples, () -> {});

    assertThat(fidelity.photos()).isEqualTo(13);
    assertThat(fidelity.agreement()).isEqualTo(1);
    assertThat(fidelity.cosine()).isGreaterThan(0.99);
  }

  @Test
  void hasNoWeightsToMakeAnotherGraphOf() {
    assertThatThrownBy(() -> Models.trained("efficientnet-lite0-int8"))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "efficientnet-lite0-int8 is a graph. Give the checkpoint that it was made from");
  }
}

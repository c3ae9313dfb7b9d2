package dev.lakelens.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.Head;
import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Padding;
import dev.lakelens.model.Precision;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainedNetworkTest {
  private static final Labels LABELS = new Labels(List.of("cat", "dog"));
  private static final Architecture B2 = Architecture.of(Variant.B2);

  @Test
  void isBuiltAsItsCardSays() {
    ModelCard card = card(new ModelCard.Variant("b2", Padding.SYMMETRIC, 1e-5));
    Tensors tensors = SyntheticWeights.of(B2, 2);
    TrainedNetwork other = new TrainedNetwork(card, LABELS, new Tensors(Map.of()));
    Model model = EfficientNet.build(other.with(tensors));
    OnnxGraph graph = new OnnxGraph("efficientnet-b2");
    other.with(tensors).draw(graph);

    assertThat(model.onnx())
        .isEqualTo(EfficientNet.onnx(B2, Padding.SYMMETRIC, 1e-5, 32, tensors))
        .isEqualTo(graph.toBytes());
    assertThat(model.tensorsDigest()).isEqualTo(tensors.digest());
    assertThat(model.precision()).isEqualTo(Precision.FP32);
    assertThat(model.graphRevision()).isEqualTo(EfficientNet.GRAPH_REVISION);
    assertThat(model.classes()).isEqualTo(2);
    assertThat(model.embeddingSize()).isEqualTo(1408);
    assertThat(model.fixedBatch()).isZero();
  }

  @Test
  void isNoGraph() {
    ModelCard graph = card(new ModelCard.Graph());
    Tensors none = new Tensors(Map.of());

    assertThatThrownBy(() -> new TrainedNetwork(graph, LABELS, none))
        .isInstanceOf(ModelException.class)
        .hasMessage("pets is a graph, and no EfficientNet");
  }

  private static ModelCard card(ModelCard.Architecture architecture) {
    List<Double> half = List.of(0.5, 0.5, 0.5);
    return new ModelCard(
        "pets",
        architecture,
        new Preprocessing(32, Resize.SQUASH, 32, Interpolation.BICUBIC, Range.UNIT, half, half),
        Head.SOFTMAX,
        "labels.txt",
        new ModelCard.Weights("w.safetensors", "timm", "", "", "Apache-2.0"),
        Map.of());
  }
}

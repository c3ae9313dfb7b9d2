package dev.lakelens.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.lakelens.model.CardJson;
import dev.lakelens.model.Head;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Padding;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.EfficientNet;
import dev.lakelens.network.OnnxGraph;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.Variant;
import dev.lakelens.onnx.TinyCards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A card of an ONNX file is usable where it is inspected if and only if a model is built of it. */
class CardSourceTest {
  private static final ModelProto GRAPH = graph();

  @TempDir private Path directory;

  @Test
  void takesTheCardOfItsGraph() throws IOException {
    write(GRAPH, card(224, Head.SOFTMAX, Range.UNIT, 0.5));

    assertThat(source().inspect().onnx().orElseThrow().classes()).isEqualTo(3);
    assertThat(source().build().classes()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(Use.class)
  void refusesAnotherInputSize(Use use) throws IOException {
    write(GRAPH, card(240, Head.SOFTMAX, Range.UNIT, 0.5));

    refuses(use, "the card's input_size is 240, and the graph takes 224 x 224");
  }

  @ParameterizedTest
  @EnumSource(Use.class)
  void refusesASigmoidOfAGraphThatEndsInASoftmax(Use use) throws IOException {
    ModelProto.Builder model = GRAPH.toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    graph.addNode(node("Softmax", "logits", "scores"));
    graph.clearOutput().addOutput(OnnxGraph.floats("scores", 0, 3));
    write(model.build(), card(224, Head.SIGMOID, Range.UNIT, 0.5));

    refuses(use, "the card's head is sigmoid, and the graph's output is softmax");
  }

  @ParameterizedTest
  @EnumSource(Use.class)
  void refusesAMeanForAGraphOfBytes(Use use) throws IOException {
    ModelProto.Builder model = GRAPH.toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    graph
        .getInputBuilder(0)
        .setName("bytes")
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(DataType.UINT8.getNumber());
    NodeProto cast =
        node("Cast", "bytes", "input").toBuilder()
            .addAttribute(OnnxGraph.attribute("to", DataType.FLOAT.getNumber()))
            .build();
    List<NodeProto> nodes = List.copyOf(graph.getNodeList());
    graph.clearNode().addNode(cast).addAllNode(nodes);
    write(model.build(), card(224, Head.SOFTMAX, Range.BYTE, 127));

    refuses(use, "the graph takes uint8, and the card's range must be byte, its mean 0 and its");
  }

  /** Too large for any card, or any list of labels. */
  @ParameterizedTest
  @ValueSource(strings = {"card.json", "labels.txt"})
  void refusesTextsThatAreTooLarge(String file) throws IOException {
    write(GRAPH, card(224, Head.SOFTMAX, Range.UNIT, 0.5));
    Files.writeString(directory.resolve(file), "\n".repeat((16 << 20) + 1));

    assertThatThrownBy(() -> source().build())
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(directory.resolve(file) + " has over 16 MB");
  }

  private enum Use {
    BUILD,
    INSPECT
  }

  private void refuses(Use use, String fault) {
    assertThatThrownBy(() -> use(use))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(directory.resolve("m.onnx") + " and its card differ: " + fault);
  }

  private Object use(Use use) {
    return use == Use.BUILD ? source().build() : source().inspect();
  }

  private CardSource source() {
    return new CardSource(CardFile.read(directory.resolve("card.json")), false);
  }

  private void write(ModelProto model, ModelCard card) throws IOException {
    Files.write(directory.resolve("m.onnx"), model.toByteArray());
    Files.writeString(directory.resolve("labels.txt"), "cat\ndog\nnone\n");
    Files.writeString(directory.resolve("card.json"), CardJson.write(card));
  }

  private static ModelProto graph() {
    Architecture lite0 = Architecture.of(Variant.LITE0);
    try {
      return ModelProto.parseFrom(
          EfficientNet.onnx(lite0, Padding.SAME, 1e-3, 224, SyntheticWeights.zeros(lite0, 3)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static NodeProto node(String operator, String input, String output) {
    return NodeProto.newBuilder().setOpType(operator).addInput(input).addOutput(output).build();
  }

  private static ModelCard card(int size, Head head, Range range, double mean) {
    return TinyCards.card(head, size, range, mean, 1);
  }
}

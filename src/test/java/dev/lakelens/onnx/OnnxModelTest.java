package dev.lakelens.onnx;

import static dev.lakelens.onnx.TinyFile.CLASSES;
import static dev.lakelens.onnx.TinyFile.FEATURES;
import static dev.lakelens.onnx.TinyFile.IMAGES;
import static dev.lakelens.onnx.TinyFile.SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtException;
import dev.lakelens.model.Head;
import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Precision;
import dev.lakelens.model.Preprocessing.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelTest {
  @TempDir Path folder;

  @Test
  void givesLogitsAndEmbeddingsByTheirNames() throws IOException, OrtException {
    TinyGraph graph = TinyGraph.plain("input.1").output("dense", DataType.FLOAT, 0, CLASSES);
    Model model = TinyFile.load(folder, graph, TinyCards.SOFTMAX);
    assertThat(model.classes()).isEqualTo(CLASSES);
    assertThat(model.embeddingSize()).isEqualTo(FEATURES);
    assertThat(model.fixedBatch()).isZero();
    assertThat(model.precision()).isEqualTo(Precision.FP32);
    TinyFile.assertPlain(model, IMAGES);
  }

  @Test
  void bringsNodesBehindThoseThatTheyRead() throws IOException, OrtException {
    TinyGraph late =
        TinyFile.image()
            .trunk("moved")
            .node("Flatten", "flat", List.of("pool"))
            .gemm("flat", "dense")
            .node("Identity", "moved", List.of("x"))
            .output("dense", DataType.FLOAT, 0, CLASSES);
    TinyFile.assertPlain(TinyFile.load(folder, late, TinyCards.SOFTMAX), IMAGES);
  }

  @Test
  void keepsNodesThatAreInOrderWhereTheyAre() {
    GraphProto graph =
        TinyFile.image()
            .node("Identity", "a", List.of("x"))
            .node("Identity", "b", List.of("a"))
            .node("Identity", "c", List.of("x"))
            .model()
            .getGraph();
    assertThat(NodeOrder.sort(graph)).isEqualTo(graph);
  }

  @Test
  void rejectsACycle() throws IOException {
    TinyGraph graph =
        TinyGraph.plain("x")
            .node("Identity", "a", List.of("b"))
            .node("Identity", "b", List.of("a"))
            .output("dense", DataType.FLOAT, 0, CLASSES);
    assertThatThrownBy(() -> TinyFile.load(folder, graph, TinyCards.SOFTMAX))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("value b is read before it is made");
  }

  @Test
  void takesItsNamesFromValuesThatBearThem() throws IOException, OrtException {
    TinyGraph graph =
        new TinyGraph()
            .input("logits", DataType.FLOAT, 0, 3, SIZE, SIZE)
            .node("Identity", "embedding", List.of("logits"))
            .node("Identity", "lakelens/input", List.of("embedding"))
            .trunk("lakelens/input")
            .node("Flatten", "file/logits", List.of("pool"))
            .gemm("file/logits", "input")
            .output("input", DataType.FLOAT, 0, CLASSES);
    TinyFile.assertPlain(TinyFile.load(folder, graph, TinyCards.SOFTMAX), IMAGES);
  }

  @Test
  void rejectsCardsOfOtherSizesAndLabelsOfOtherCounts() throws IOException {
    TinyGraph graph = TinyGraph.plain("x").output("dense", DataType.FLOAT, 0, CLASSES);
    ModelCard large = TinyCards.card(Head.SOFTMAX, 8, Range.UNIT, 0.5, 0.5);
    assertThatThrownBy(() -> TinyFile.load(folder, graph, large))
        .hasMessageContaining("the card's input_size is 8, and the graph takes 4 x 4");
    Path file = TinyFile.write(folder, graph);
    assertThatThrownBy(() -> TinyFile.adapt(file, TinyCards.SOFTMAX, Labels.NONE))
        .hasMessageStartingWith("tiny has 4 classes and 0 labels");
  }

  @Test
  void survivesEveryTruncationAndFlippedBit() throws IOException {
    byte[] bytes =
        TinyGraph.plain("x")
            .node("Softmax", "scores", List.of("dense"))
            .output("scores", DataType.FLOAT, 0, CLASSES)
            .model()
            .build()
            .toByteArray();
    Path file = folder.resolve("m.onnx");
    for (int i = 0; i < bytes.length; i++) {
      tryToLoad(Files.write(file, Arrays.copyOf(bytes, i)));
      byte[] flipped = bytes.clone();
      flipped[i] ^= (byte) (1 << (i % 8));
      tryToLoad(Files.write(file, flipped));
    }
  }

  /** Any answer will do but an exception that is not the model's. */
  private static void tryToLoad(Path file) {
    try {
      OnnxModel model = OnnxModel.read(file, true);
      model.inspection();
      assertThat(model.adapt(TinyCards.SOFTMAX, TinyCards.LABELS).classes()).isEqualTo(CLASSES);
    } catch (ModelException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }
}

package dev.lakelens.onnx;

import static dev.lakelens.onnx.TinyFile.CLASSES;
import static dev.lakelens.onnx.TinyFile.FEATURES;
import static dev.lakelens.onnx.TinyFile.IMAGES;
import static dev.lakelens.onnx.TinyFile.SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtException;
import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import dev.lakelens.network.Onnx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailTest {
  @TempDir Path folder;

  @Test
  void readsLogitsBeforeSoftmaxAndSigmoid() throws IOException, OrtException {
    for (String activation : List.of("Softmax", "LogSoftmax", "Sigmoid")) {
      TinyGraph graph =
          TinyGraph.plain("x")
              .node(activation, "scores", List.of("dense"))
              .output("scores", DataType.FLOAT, 0, CLASSES);
      boolean sigmoid = activation.equals("Sigmoid");
      TinyFile.assertPlain(
          TinyFile.load(folder, graph, sigmoid ? TinyCards.SIGMOID : TinyCards.SOFTMAX), IMAGES);
      ModelCard wrong = sigmoid ? TinyCards.SOFTMAX : TinyCards.SIGMOID;
      assertThatThrownBy(() -> TinyFile.load(folder, graph, wrong))
          .hasMessageContaining("the card's head is");
    }
  }

  @Test
  void takesProductAndSumForADenseLayer() throws IOException, OrtException {
    TinyGraph graph =
        TinyFile.features()
            .floats("weight", TinyGraph.WEIGHT, CLASSES, FEATURES)
            .floats("bias", TinyGraph.BIAS, CLASSES)
            .node("Transpose", "turned", List.of("weight"))
            .node("MatMul", "product", List.of("flat", "turned"))
            .node("Add", "sum", List.of("bias", "product"))
            .output("sum", DataType.FLOAT, 0, CLASSES);
    TinyFile.assertPlain(TinyFile.load(folder, graph, TinyCards.SOFTMAX), IMAGES);
  }

  @Test
  void takesAConvolutionOfPooledFeaturesForADenseLayer() throws IOException, OrtException {
    TinyGraph graph =
        TinyFile.image()
            .trunk("x")
            .floats("weight", TinyGraph.WEIGHT, CLASSES, FEATURES, 1, 1)
            .floats("bias", TinyGraph.BIAS, CLASSES)
            .node("Conv", "map", List.of("pool", "weight", "bias"))
            .output("map", DataType.FLOAT, 0, CLASSES, 1, 1);
    TinyFile.assertPlain(TinyFile.load(folder, graph, TinyCards.SOFTMAX), IMAGES);
  }

  @Test
  void leavesAClassifierOutWhereTheCardHasNone() throws IOException, OrtException {
    TinyGraph classifier = TinyGraph.plain("x").output("dense", DataType.FLOAT, 0, CLASSES);
    TinyGraph headless =
        TinyFile.image().trunk("x").output("pool", DataType.FLOAT, 0, FEATURES, 1, 1);
    for (TinyGraph graph : List.of(classifier, headless)) {
      Model model = TinyFile.adapt(TinyFile.write(folder, graph), TinyCards.HEADLESS, Labels.NONE);
      Map<String, float[]> outputs = TinyFile.run(model, IMAGES);
      assertThat(outputs).containsOnlyKeys("embedding");
      assertThat(Onnx.maxDifference(outputs.get("embedding"), TinyFile.embedding(IMAGES)))
          .isLessThan(1e-6);
    }
    assertThatThrownBy(() -> TinyFile.load(folder, headless, TinyCards.SOFTMAX))
        .hasMessageContaining("the graph's output is embedding");
  }

  @Test
  void rejectsGraphsThatAreNoClassifiers() throws IOException {
    TinyGraph map =
        TinyFile.image().trunk("x").output("relu", DataType.FLOAT, 0, FEATURES, SIZE, SIZE);
    assertThatThrownBy(() -> TinyFile.load(folder, map, TinyCards.HEADLESS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("[relu] are neither a dense layer's nor pooled features");
    TinyGraph grey =
        new TinyGraph().input("x", DataType.FLOAT, 0, 1, 9, 9).node("Relu", "y", List.of("x"));
    assertThatThrownBy(
            () -> TinyFile.load(folder, grey.output("y", DataType.FLOAT, 0), TinyCards.HEADLESS))
        .hasMessageContaining("must be [N, 3, S, S] or [N, S, S, 3]");
  }

  @Test
  void rejectsOperatorsWithoutTheirInputs() throws IOException {
    for (String operator : List.of("Gemm", "Softmax", "Flatten", "QGemm", "Add", "Constant")) {
      TinyGraph graph =
          new TinyGraph()
              .input("x", DataType.FLOAT, 1, 3, SIZE, SIZE)
              .node(operator, "y", List.of())
              .output("y", DataType.FLOAT, 1, CLASSES);
      assertThatThrownBy(() -> TinyFile.load(folder, graph, TinyCards.SOFTMAX))
          .as(operator)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("neither a dense layer's nor pooled features");
    }
  }
}

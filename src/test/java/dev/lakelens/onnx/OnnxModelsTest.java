package dev.lakelens.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtException;
import dev.lakelens.model.Head;
import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Precision;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.network.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelsTest {
  private static final int SIZE = TinyGraph.SIZE;
  private static final int FEATURES = TinyGraph.FEATURES;
  private static final int CLASSES = TinyGraph.CLASSES;

  /** Two images, {@code [2, 3, SIZE, SIZE]}. */
  private static final float[] IMAGES = TinyGraph.numbers(2 * 3 * SIZE * SIZE, 9);

  @TempDir Path folder;

  @Test
  void givesLogitsAndEmbeddingsByTheirNames() throws IOException, OrtException {
    TinyGraph graph = TinyGraph.plain("input.1").output("dense", DataType.FLOAT, 0, CLASSES);
    Model model = load(graph, TinyCards.SOFTMAX);
    assertThat(model.classes()).isEqualTo(CLASSES);
    assertThat(model.embeddingSize()).isEqualTo(FEATURES);
    assertThat(model.fixedBatch()).isZero();
    assertThat(model.precision()).isEqualTo(Precision.FP32);
    assertOutputs(model, IMAGES, 1e-6);
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
    assertOutputs(load(graph, TinyCards.SOFTMAX), IMAGES, 1e-6);
  }

  @Test
  void readsLogitsBeforeSoftmaxAndSigmoid() throws IOException, OrtException {
    for (String activation : List.of("Softmax", "LogSoftmax", "Sigmoid")) {
      TinyGraph graph =
          TinyGraph.plain("x")
              .node(activation, "scores", List.of("dense"))
              .output("scores", DataType.FLOAT, 0, CLASSES);
      boolean sigmoid = activation.equals("Sigmoid");
      assertOutputs(load(graph, sigmoid ? TinyCards.SIGMOID : TinyCards.SOFTMAX), IMAGES, 1e-6);
      ModelCard wrong = sigmoid ? TinyCards.SOFTMAX : TinyCards.SIGMOID;
      assertThatThrownBy(() -> load(graph, wrong)).hasMessageContaining("the card's head is");
    }
  }

  @Test
  void transposesForChannelsLast() throws IOException, OrtException {
    TinyGraph graph =
        new TinyGraph()
            .input("images:0", DataType.FLOAT, 1, SIZE, SIZE, 3)
            .node("Transpose", "nchw", List.of("images:0"), perm(0, 3, 1, 2))
            .trunk("nchw")
            .node("Transpose", "nhwc", List.of("pool"), perm(0, 2, 3, 1))
            .longs("axes", 1, 2)
            .node("Squeeze", "flat", List.of("nhwc", "axes"))
            .gemm("flat", "dense")
            .node("Softmax", "Softmax:0", List.of("dense"))
            .output("Softmax:0", DataType.FLOAT, 1, CLASSES);
    Model model = load(graph, TinyCards.SOFTMAX);
    assertThat(model.fixedBatch()).isZero();
    assertOutputs(model, IMAGES, 1e-6);
  }

  @Test
  void takesAnyBatchWhereEveryImageIsAlone() throws IOException, OrtException {
    Model model = load(reshaped(1, FEATURES), TinyCards.SOFTMAX);
    assertThat(model.fixedBatch()).isZero();
    assertOutputs(model, IMAGES, 1e-6);
  }

  @Test
  void keepsABatchOfOneWhereImagesMightMix() throws IOException, OrtException {
    Model model = load(reshaped(-1, FEATURES), TinyCards.SOFTMAX);
    assertThat(model.fixedBatch()).isEqualTo(1);
    assertOutputs(model, Arrays.copyOf(IMAGES, IMAGES.length / 2), 1e-6);
    assertThatThrownBy(() -> Onnx.run(model.onnx(), IMAGES, SIZE)).isInstanceOf(OrtException.class);
  }

  private static TinyGraph reshaped(long... shape) {
    return new TinyGraph()
        .input("input", DataType.FLOAT, 1, 3, SIZE, SIZE)
        .trunk("input")
        .node("ReduceMean", "mean", List.of("pool"), Nodes.attribute("axes", List.of(-1L, -2L)))
        .longs("shape", shape)
        .node("Reshape", "flat", List.of("mean", "shape"), Nodes.attribute("allowzero", 1))
        .gemm("flat", "logits")
        .output("logits", DataType.FLOAT, 1, CLASSES);
  }

  @Test
  void takesProductAndSumForADenseLayer() throws IOException, OrtException {
    TinyGraph graph =
        new TinyGraph()
            .input("x", DataType.FLOAT, 0, 3, SIZE, SIZE)
            .trunk("x")
            .node("Flatten", "flat", List.of("pool"))
            .floats("weight", TinyGraph.WEIGHT, CLASSES, FEATURES)
            .floats("bias", TinyGraph.BIAS, CLASSES)
            .node("Transpose", "turned", List.of("weight"))
            .node("MatMul", "product", List.of("flat", "turned"))
            .node("Add", "sum", List.of("bias", "product"))
            .output("sum", DataType.FLOAT, 0, CLASSES);
    assertOutputs(load(graph, TinyCards.SOFTMAX), IMAGES, 1e-6);
  }

  @Test
  void takesAConvolutionOfPooledFeaturesForADenseLayer() throws IOException, OrtException {
    TinyGraph graph =
        new TinyGraph()
            .input("x", DataType.FLOAT, 0, 3, SIZE, SIZE)
            .trunk("x")
            .floats("weight", TinyGraph.WEIGHT, CLASSES, FEATURES, 1, 1)
            .floats("bias", TinyGraph.BIAS, CLASSES)
            .node("Conv", "map", List.of("pool", "weight", "bias"))
            .output("map", DataType.FLOAT, 0, CLASSES, 1, 1);
    assertOutputs(load(graph, TinyCards.SOFTMAX), IMAGES, 1e-6);
  }

  @Test
  void readsTheFloatsBeforeQuantisers() throws IOException, OrtException {
    TinyGraph graph =
        new TinyGraph()
            .input("x", DataType.FLOAT, 0, 3, SIZE, SIZE)
            .trunk("x")
            .node("Flatten", "flat", List.of("pool"))
            .floats("scale", new float[] {1 / 64f})
            .bytes("zero", DataType.UINT8, new int[] {128})
            .node("QuantizeLinear", "q", List.of("flat", "scale", "zero"))
            .node("DequantizeLinear", "dq", List.of("q", "scale", "zero"))
            .gemm("dq", "dense")
            .node("QuantizeLinear", "dense_q", List.of("dense", "scale", "zero"))
            .node("DequantizeLinear", "dense_dq", List.of("dense_q", "scale", "zero"))
            .output("dense_dq", DataType.FLOAT, 0, CLASSES);
    Model model = load(graph, TinyCards.SOFTMAX);
    assertThat(model.precision()).isEqualTo(Precision.INT8);
    Map<String, float[]> outputs = Onnx.run(model.onnx(), IMAGES, SIZE);
    float[] embedding = embedding(IMAGES);
    assertThat(Onnx.maxDifference(outputs.get("embedding"), embedding)).isLessThan(1e-6);
    float[] rounded = embedding.clone();
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) (Math.min(127, Math.rint(rounded[i] * 64.0)) / 64);
    }
    assertThat(Onnx.maxDifference(outputs.get("logits"), logits(rounded))).isLessThan(1e-6);
  }

  @Test
  void dequantisesFeaturesOfIntegerOperators() throws IOException, OrtException {
    TinyGraph graph =
        new TinyGraph()
            .input("x", DataType.FLOAT, 0, 3, SIZE, SIZE)
            .trunk("x")
            .floats("scale", new float[] {1 / 64f})
            .bytes("zero", DataType.UINT8, new int[] {128})
            .node("QuantizeLinear", "q", List.of("pool", "scale", "zero"))
            .node("Flatten", "flat", List.of("q"))
            .bytes("weight", DataType.UINT8, new int[FEATURES * CLASSES], FEATURES, CLASSES)
            .node(
                "QLinearMatMul",
                "product",
                List.of("flat", "scale", "zero", "weight", "scale", "zero", "scale", "zero"))
            .node("DequantizeLinear", "dense", List.of("product", "scale", "zero"))
            .output("dense", DataType.FLOAT, 0, CLASSES);
    Model model = load(graph, TinyCards.SOFTMAX);
    Map<String, float[]> outputs = Onnx.run(model.onnx(), IMAGES, SIZE);
    float[] embedding = embedding(IMAGES);
    assertThat(Onnx.maxDifference(outputs.get("embedding"), embedding)).isBetween(1e-4, 1 / 128.0);
    for (int i = 0; i < 2 * CLASSES; i++) { // every weight is -128 / 64
      double sum = 0;
      for (int f = 0; f < FEATURES; f++) {
        sum += Math.rint(embedding[i / CLASSES * FEATURES + f] * 64.0) / 64;
      }
      assertThat((double) outputs.get("logits")[i]).isEqualTo(Math.max(-2, -2 * sum));
    }
  }

  @Test
  void castsToAndFromHalfFloats() throws IOException, OrtException {
    TinyGraph graph =
        new TinyGraph()
            .input("x", DataType.FLOAT16, 0, 3, SIZE, SIZE)
            .floats("f32", TinyGraph.FILTER, FEATURES, 3, 1, 1)
            .node("Cast", "filter", List.of("f32"), to(DataType.FLOAT16))
            .node("Conv", "conv", List.of("x", "filter"))
            .node("GlobalAveragePool", "pool", List.of("conv"))
            .node("Flatten", "flat", List.of("pool"))
            .floats("w32", TinyGraph.WEIGHT, CLASSES, FEATURES)
            .node("Cast", "weight", List.of("w32"), to(DataType.FLOAT16))
            .node("Gemm", "dense", List.of("flat", "weight"), Nodes.attribute("transB", 1))
            .output("dense", DataType.FLOAT16, 0, CLASSES);
    Model model = load(graph, TinyCards.SOFTMAX);
    assertThat(model.precision()).isEqualTo(Precision.FP16);
    Map<String, float[]> outputs = Onnx.run(model.onnx(), IMAGES, SIZE);
    float[] embedding = pooled(IMAGES, new float[FEATURES], false);
    float[] logits = dense(embedding, new float[CLASSES]);
    assertThat(Onnx.maxDifference(outputs.get("embedding"), embedding)).isBetween(1e-7, 2e-3);
    assertThat(Onnx.maxDifference(outputs.get("logits"), logits)).isBetween(1e-7, 5e-3);
  }

  @Test
  void roundsToBytesAndReportsWhatTheGraphDoesToThem() throws IOException, OrtException {
    Path file =
        write(
            new TinyGraph()
                .input("image", DataType.UINT8, 0, SIZE, SIZE, 3)
                .node("Cast", "cast", List.of("image"), to(DataType.FLOAT))
                .floats("mean", new float[] {127})
                .node("Sub", "centred", List.of("cast", "mean"))
                .floats("std", new float[] {128})
                .node("Div", "normal", List.of("centred", "std"))
                .node("Transpose", "nchw", List.of("normal"), perm(0, 3, 1, 2))
                .trunk("nchw")
                .node("Flatten", "flat", List.of("pool"))
                .gemm("flat", "dense")
                .output("dense", DataType.FLOAT, 0, CLASSES));
    assertThat(OnnxModel.read(file, false).inspection().inGraph())
        .containsExactly("Cast FLOAT", "Sub 127.0", "Div 128.0");
    assertThatThrownBy(() -> OnnxModel.read(file, false).adapt(TinyCards.SOFTMAX, TinyCards.LABELS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("range must be byte");
    Model model = OnnxModel.read(file, false).adapt(TinyCards.BYTES, TinyCards.LABELS);
    float[] bytes = new float[IMAGES.length];
    float[] normal = new float[IMAGES.length];
    for (int i = 0; i < bytes.length; i++) {
      int value = Math.round(127 + 127 * IMAGES[i]);
      bytes[i] = i == 0 ? value - 0.4f : value + 0.4f;
      normal[i] = (value - 127) / 128f;
    }
    Map<String, float[]> outputs = Onnx.run(model.onnx(), bytes, SIZE);
    float[] embedding = embedding(normal);
    assertThat(Onnx.maxDifference(outputs.get("embedding"), embedding)).isLessThan(1e-6);
    assertThat(Onnx.maxDifference(outputs.get("logits"), logits(embedding))).isLessThan(1e-6);
  }

  @Test
  void leavesAClassifierOutWhereTheCardHasNone() throws IOException, OrtException {
    TinyGraph classifier = TinyGraph.plain("x").output("dense", DataType.FLOAT, 0, CLASSES);
    TinyGraph headless =
        new TinyGraph()
            .input("x", DataType.FLOAT, 0, 3, SIZE, SIZE)
            .trunk("x")
            .output("pool", DataType.FLOAT, 0, FEATURES, 1, 1);
    for (TinyGraph graph : List.of(classifier, headless)) {
      Model model = OnnxModel.read(write(graph), false).adapt(TinyCards.HEADLESS, Labels.NONE);
      Map<String, float[]> outputs = Onnx.run(model.onnx(), IMAGES, SIZE);
      assertThat(outputs).containsOnlyKeys("embedding");
      assertThat(Onnx.maxDifference(outputs.get("embedding"), embedding(IMAGES))).isLessThan(1e-6);
    }
    assertThatThrownBy(() -> load(headless, TinyCards.SOFTMAX))
        .hasMessageContaining("the graph's output is embedding");
  }

  @Test
  void rejectsCardsOfOtherSizesAndLabelsOfOtherCounts() throws IOException {
    TinyGraph graph = TinyGraph.plain("x").output("dense", DataType.FLOAT, 0, CLASSES);
    ModelCard large = TinyCards.card(Head.SOFTMAX, 8, Range.UNIT, 0.5, 0.5);
    assertThatThrownBy(() -> load(graph, large))
        .hasMessageContaining("the card's input_size is 8, and the graph takes 4 x 4");
    Path file = write(graph);
    assertThatThrownBy(() -> OnnxModel.read(file, false).adapt(TinyCards.SOFTMAX, Labels.NONE))
        .hasMessageStartingWith("tiny has 4 classes and 0 labels");
  }

  @Test
  void rejectsGraphsThatAreNoClassifiers() throws IOException {
    TinyGraph map =
        new TinyGraph()
            .input("x", DataType.FLOAT, 0, 3, SIZE, SIZE)
            .trunk("x")
            .output("relu", DataType.FLOAT, 0, FEATURES, SIZE, SIZE);
    assertThatThrownBy(() -> load(map, TinyCards.HEADLESS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("[relu] are neither a dense layer's nor pooled features");
    TinyGraph grey =
        new TinyGraph().input("x", DataType.FLOAT, 0, 1, 9, 9).node("Relu", "y", List.of("x"));
    assertThatThrownBy(() -> load(grey.output("y", DataType.FLOAT, 0), TinyCards.HEADLESS))
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
      assertThatThrownBy(() -> load(graph, TinyCards.SOFTMAX))
          .as(operator)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("neither a dense layer's nor pooled features");
    }
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
      Model model = OnnxModel.read(file, true).adapt(TinyCards.SOFTMAX, TinyCards.LABELS);
      assertThat(model.classes()).isEqualTo(CLASSES);
    } catch (ModelException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  private void assertOutputs(Model model, float[] images, double tolerance) throws OrtException {
    Map<String, float[]> outputs = Onnx.run(model.onnx(), images, SIZE);
    float[] embedding = embedding(images);
    assertThat(Onnx.maxDifference(outputs.get("embedding"), embedding)).isLessThan(tolerance);
    assertThat(Onnx.maxDifference(outputs.get("logits"), logits(embedding))).isLessThan(tolerance);
  }

  private static float[] embedding(float[] images) {
    return pooled(images, TinyGraph.FILTER_BIAS, true);
  }

  private static float[] pooled(float[] images, float[] bias, boolean relu) {
    int pixels = SIZE * SIZE;
    float[] features = new float[images.length / (3 * pixels) * FEATURES];
    for (int i = 0; i < features.length; i++) {
      int f = i % FEATURES;
      double sum = 0;
      for (int p = 0; p < pixels; p++) {
        double value = bias[f];
        for (int c = 0; c < 3; c++) {
          value += TinyGraph.FILTER[f * 3 + c] * images[(i / FEATURES * 3 + c) * pixels + p];
        }
        sum += relu ? Math.max(0, value) : value;
      }
      features[i] = (float) (sum / pixels);
    }
    return features;
  }

  private static float[] logits(float[] embedding) {
    return dense(embedding, TinyGraph.BIAS);
  }

  private static float[] dense(float[] embedding, float[] bias) {
    float[] logits = new float[embedding.length / FEATURES * CLASSES];
    for (int i = 0; i < logits.length; i++) {
      double sum = bias[i % CLASSES];
      for (int f = 0; f < FEATURES; f++) {
        sum += TinyGraph.WEIGHT[i % CLASSES * FEATURES + f] * embedding[i / CLASSES * FEATURES + f];
      }
      logits[i] = (float) sum;
    }
    return logits;
  }

  private Model load(TinyGraph graph, ModelCard card) throws IOException {
    return OnnxModel.read(write(graph), false).adapt(card, TinyCards.LABELS);
  }

  private Path write(TinyGraph graph) throws IOException {
    return Files.write(folder.resolve("m.onnx"), graph.model().build().toByteArray());
  }

  private static AttributeProto perm(long... axes) {
    return Nodes.attribute("perm", Arrays.stream(axes).boxed().toList());
  }

  private static AttributeProto to(DataType type) {
    return Nodes.attribute("to", type.getNumber());
  }
}

package dev.lakelens.onnx;

import static dev.lakelens.onnx.TinyFile.CLASSES;
import static dev.lakelens.onnx.TinyFile.FEATURES;
import static dev.lakelens.onnx.TinyFile.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtException;
import dev.lakelens.model.Model;
import dev.lakelens.model.Precision;
import dev.lakelens.network.Onnx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedding is what the classifier reads, and the logits are the file's own. */
class TapTest {
  private static final float[] NO_BIAS = new float[CLASSES];

  @TempDir Path folder;

  @Test
  void readsBehindQuantisers() throws IOException, OrtException {
    TinyGraph graph =
        scale(TinyFile.features())
            .node("QuantizeLinear", "q", List.of("flat", "scale", "zero"))
            .node("DequantizeLinear", "dq", List.of("q", "scale", "zero"))
            .gemm("dq", "dense")
            .node("QuantizeLinear", "dense_q", List.of("dense", "scale", "zero"))
            .node("DequantizeLinear", "dense_dq", List.of("dense_q", "scale", "zero"))
            .output("dense_dq", DataType.FLOAT, 0, CLASSES);
    Model model = TinyFile.load(folder, graph, TinyCards.SOFTMAX);
    assertThat(model.precision()).isEqualTo(Precision.INT8);
    assertThat(model.fixedBatch()).isZero();
    float[] embedding = TinyFile.rounded(TinyFile.embedding(IMAGES));
    assertOutputs(model, embedding, TinyFile.logits(embedding));
  }

  @Test
  void readsALogitOfAnActivationBehindItsQuantisers() throws IOException, OrtException {
    TinyGraph graph =
        scale(TinyFile.features())
            .gemm("flat", "dense")
            .node("QuantizeLinear", "dense_q", List.of("dense", "scale", "zero"))
            .node("DequantizeLinear", "dense_dq", List.of("dense_q", "scale", "zero"))
            .node("Softmax", "scores", List.of("dense_dq"))
            .output("scores", DataType.FLOAT, 0, CLASSES);
    float[] embedding = TinyFile.embedding(IMAGES);
    Model model = TinyFile.load(folder, graph, TinyCards.SOFTMAX);
    assertOutputs(model, embedding, TinyFile.logits(embedding));
  }

  @Test
  void dequantisesFeaturesOfIntegerOperators() throws IOException, OrtException {
    TinyGraph graph =
        scale(TinyFile.image().trunk("x"))
            .node("QuantizeLinear", "q", List.of("pool", "scale", "zero"))
            .node("Flatten", "flat", List.of("q"))
            .bytes("weight", DataType.UINT8, bytes(), FEATURES, CLASSES)
            .node(
                "QLinearMatMul",
                "product",
                List.of("flat", "scale", "zero", "weight", "scale", "zero", "scale", "zero"))
            .node("DequantizeLinear", "dense", List.of("product", "scale", "zero"))
            .output("dense", DataType.FLOAT, 0, CLASSES);
    Model model = TinyFile.load(folder, graph, TinyCards.SOFTMAX);
    float[] embedding = TinyFile.rounded(TinyFile.embedding(IMAGES));
    assertOutputs(model, embedding, TinyFile.dense(embedding, weight(), NO_BIAS));
  }

  /** As ONNX Runtime's quantize_dynamic writes a dense layer. */
  @Test
  void dequantisesFeaturesThatAreQuantisedByTheirRange() throws IOException, OrtException {
    TinyGraph graph =
        scale(TinyFile.features())
            .dynamicQuantiser("flat", "q", "q_scale", "q_zero")
            .bytes("weight", DataType.UINT8, bytes(), FEATURES, CLASSES)
            .floats("bias", TinyGraph.BIAS, CLASSES)
            .node("MatMulInteger", "integers", List.of("q", "weight", "q_zero", "zero"))
            .node("Cast", "product", List.of("integers"), TinyFile.to(DataType.FLOAT))
            .node("Mul", "scales", List.of("q_scale", "scale"))
            .node("Mul", "scaled", List.of("product", "scales"))
            .node("Add", "dense", List.of("scaled", "bias"))
            .output("dense", DataType.FLOAT, 0, CLASSES);
    Model model = TinyFile.load(folder, graph, TinyCards.SOFTMAX);
    assertThat(model.precision()).isEqualTo(Precision.INT8);
    assertThat(model.fixedBatch()).as("images would share a scale").isEqualTo(1);
    float[] image = Arrays.copyOf(IMAGES, IMAGES.length / 2);
    float[] exact = TinyFile.embedding(image);
    float[] embedding = TinyFile.run(model, image).get("embedding");
    assertThat(Onnx.maxDifference(embedding, exact)).isBetween(1e-6, 0.01);
    float[] logits = TinyFile.dense(embedding, weight(), TinyGraph.BIAS);
    assertThat(Onnx.maxDifference(TinyFile.run(model, image).get("logits"), logits))
        .isLessThan(1e-6);
  }

  /**
   * @param unrounded logits; those of the model are rounded, and perhaps a step away: ONNX Runtime
   *     quantises weights and bias of a layer between quantisers
   */
  private static void assertOutputs(Model model, float[] embedding, float[] unrounded)
      throws OrtException {
    Map<String, float[]> outputs = TinyFile.run(model, IMAGES);
    assertThat(Onnx.maxDifference(outputs.get("embedding"), embedding)).isLessThan(1e-6);
    float[] logits = outputs.get("logits");
    assertThat(logits).containsExactly(TinyFile.rounded(logits));
    assertThat(Onnx.maxDifference(logits, TinyFile.rounded(unrounded))).isLessThan(1.1 / 64);
  }

  /** One for all quantised values: 1/64 with the zero point 128. */
  private static TinyGraph scale(TinyGraph graph) {
    return graph
        .floats("scale", new float[] {1 / 64f})
        .bytes("zero", DataType.UINT8, new int[] {128});
  }

  /** {@link #weight}, quantised, {@code [features, classes]}. */
  private static int[] bytes() {
    int[] bytes = new int[FEATURES * CLASSES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = 128 + Math.round(64 * weight()[i % CLASSES * FEATURES + i / CLASSES]);
    }
    return bytes;
  }

  private static float[] weight() {
    return TinyFile.rounded(TinyGraph.WEIGHT);
  }
}

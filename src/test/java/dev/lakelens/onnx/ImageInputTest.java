package dev.lakelens.onnx;

import static dev.lakelens.onnx.TinyFile.CLASSES;
import static dev.lakelens.onnx.TinyFile.FEATURES;
import static dev.lakelens.onnx.TinyFile.IMAGES;
import static dev.lakelens.onnx.TinyFile.SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtException;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Precision;
import dev.lakelens.network.Onnx;
import dev.lakelens.network.OnnxGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageInputTest {
  @TempDir Path folder;

  @Test
  void transposesForChannelsLast() throws IOException, OrtException {
    TinyGraph graph =
        new TinyGraph()
            .input("images:0", DataType.FLOAT, 1, SIZE, SIZE, 3)
            .node("Transpose", "nchw", List.of("images:0"), TinyFile.perm(0, 3, 1, 2))
            .trunk("nchw")
            .node("Transpose", "nhwc", List.of("pool"), TinyFile.perm(0, 2, 3, 1))
            .longs("axes", 1, 2)
            .node("Squeeze", "flat", List.of("nhwc", "axes"))
            .gemm("flat", "dense")
            .node("Softmax", "Softmax:0", List.of("dense"))
            .output("Softmax:0", DataType.FLOAT, 1, CLASSES);
    Model model = TinyFile.load(folder, graph, TinyCards.SOFTMAX);
    assertThat(model.fixedBatch()).isZero();
    TinyFile.assertPlain(model, IMAGES);
  }

  /** As tf2onnx leaves them where it loses what a Keras layer holds. */
  @Test
  void rejectsConstantsThatAreInputs() throws IOException {
    TinyGraph graph =
        TinyFile.image()
            .input("mean", DataType.FLOAT, 1, 3, 1, 1)
            .node("Sub", "centred", List.of("x", "mean"))
            .trunk("centred")
            .output("pool", DataType.FLOAT, 0, FEATURES, 1, 1);
    assertThatThrownBy(() -> TinyFile.load(folder, graph, TinyCards.HEADLESS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the inputs [x, mean], and an image classifier has one; export it");
  }

  @Test
  void castsToAndFromHalfFloats() throws IOException, OrtException {
    TinyGraph graph =
        new TinyGraph()
            .input("x", DataType.FLOAT16, 0, 3, SIZE, SIZE)
            .floats("f32", TinyGraph.FILTER, FEATURES, 3, 1, 1)
            .node("Cast", "filter", List.of("f32"), TinyFile.to(DataType.FLOAT16))
            .node("Conv", "conv", List.of("x", "filter"))
            .node("GlobalAveragePool", "pool", List.of("conv"))
            .node("Flatten", "flat", List.of("pool"))
            .floats("w32", TinyGraph.WEIGHT, CLASSES, FEATURES)
            .node("Cast", "weight", List.of("w32"), TinyFile.to(DataType.FLOAT16))
            .node("Gemm", "dense", List.of("flat", "weight"), OnnxGraph.attribute("transB", 1))
            .output("dense", DataType.FLOAT16, 0, CLASSES);
    Model model = TinyFile.load(folder, graph, TinyCards.SOFTMAX);
    assertThat(model.precision()).isEqualTo(Precision.FP16);
    Map<String, float[]> outputs = TinyFile.run(model, IMAGES);
    float[] embedding = TinyFile.pooled(IMAGES, new float[FEATURES], false);
    float[] logits = TinyFile.dense(embedding, TinyGraph.WEIGHT, new float[CLASSES]);
    assertThat(Onnx.maxDifference(outputs.get("embedding"), embedding)).isBetween(1e-7, 2e-3);
    assertThat(Onnx.maxDifference(outputs.get("logits"), logits)).isBetween(1e-7, 5e-3);
  }

  @Test
  void roundsToBytesAndReportsWhatTheGraphDoesToThem() throws IOException, OrtException {
    Path file =
        TinyFile.write(
            folder,
            new TinyGraph()
                .input("image", DataType.UINT8, 0, SIZE, SIZE, 3)
                .node("Cast", "cast", List.of("image"), TinyFile.to(DataType.FLOAT))
                .floats("mean", new float[] {127})
                .node("Sub", "centred", List.of("cast", "mean"))
                .floats("std", new float[] {128})
                .node("Div", "normal", List.of("centred", "std"))
                .node("Transpose", "nchw", List.of("normal"), TinyFile.perm(0, 3, 1, 2))
                .trunk("nchw")
                .node("Flatten", "flat", List.of("pool"))
                .gemm("flat", "dense")
                .output("dense", DataType.FLOAT, 0, CLASSES));
    assertThat(OnnxModel.read(file, false).inspection().inGraph())
        .containsExactly("Sub 127.0", "Div 128.0");
    assertThatThrownBy(() -> TinyFile.adapt(file, TinyCards.SOFTMAX, TinyCards.LABELS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("range must be byte");
    Model model = TinyFile.adapt(file, TinyCards.BYTES, TinyCards.LABELS);
    float[] bytes = new float[IMAGES.length];
    float[] normal = new float[IMAGES.length];
    for (int i = 0; i < bytes.length; i++) {
      int value = Math.round(127 + 127 * IMAGES[i]);
      bytes[i] = i == 0 ? value - 0.4f : value + 0.4f;
      normal[i] = (value - 127) / 128f;
    }
    Map<String, float[]> outputs = TinyFile.run(model, bytes);
    float[] embedding = TinyFile.embedding(normal);
    assertThat(Onnx.maxDifference(outputs.get("embedding"), embedding)).isLessThan(1e-6);
    assertThat(Onnx.maxDifference(outputs.get("logits"), TinyFile.logits(embedding)))
        .isLessThan(1e-6);
  }

  /** Half a step, as {@code jobs/model quantize} moves pixels by; a whole one is preprocessing. */
  @ParameterizedTest
  @CsvSource({"0.5, ''", "-0.5, ''", "1, 'Add 0.25'", "-1, 'Add -0.25'"})
  void doesNotTakeHalfAStepOfAQuantiserForPreprocessing(float steps, String operation)
      throws IOException {
    float step = 0.25f;
    Path file =
        TinyFile.write(
            folder,
            new TinyGraph()
                .input("image", DataType.FLOAT, 0, 3, SIZE, SIZE)
                .floats("shift", new float[] {steps * step})
                .node("Add", "shifted", List.of("image", "shift"))
                .floats("step", new float[] {step})
                .node("QuantizeLinear", "q", List.of("shifted", "step"))
                .node("DequantizeLinear", "dq", List.of("q", "step"))
                .trunk("dq")
                .node("Flatten", "flat", List.of("pool"))
                .gemm("flat", "dense")
                .output("dense", DataType.FLOAT, 0, CLASSES));
    assertThat(String.join(", ", OnnxModel.read(file, false).inspection().inGraph()))
        .isEqualTo(operation);
  }
}

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
import dev.lakelens.network.OnnxGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchFreedomTest {
  @TempDir Path folder;

  @Test
  void takesAnyBatchWhereEveryImageIsAlone() throws IOException, OrtException {
    Model model = TinyFile.load(folder, reshaped(1, FEATURES), TinyCards.SOFTMAX);
    assertThat(model.fixedBatch()).isZero();
    TinyFile.assertPlain(model, IMAGES);
  }

  @Test
  void keepsABatchOfOneWhereImagesMightMix() throws IOException, OrtException {
    Model model = TinyFile.load(folder, reshaped(-1, FEATURES), TinyCards.SOFTMAX);
    assertThat(model.fixedBatch()).isEqualTo(1);
    TinyFile.assertPlain(model, Arrays.copyOf(IMAGES, IMAGES.length / 2));
    assertThatThrownBy(() -> TinyFile.run(model, IMAGES)).isInstanceOf(OrtException.class);
  }

  private static TinyGraph reshaped(long... shape) {
    return new TinyGraph()
        .input("input", DataType.FLOAT, 1, 3, SIZE, SIZE)
        .trunk("input")
        .node("ReduceMean", "mean", List.of("pool"), OnnxGraph.attribute("axes", List.of(-1L, -2L)))
        .longs("shape", shape)
        .node("Reshape", "flat", List.of("mean", "shape"), OnnxGraph.attribute("allowzero", 1))
        .gemm("flat", "logits")
        .output("logits", DataType.FLOAT, 1, CLASSES);
  }
}

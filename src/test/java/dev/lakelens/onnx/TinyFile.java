package dev.lakelens.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtException;
import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.network.Onnx;
import dev.lakelens.network.OnnxGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Tiny graphs as files, and what plain Java computes in their place. */
final class TinyFile {
  static final int SIZE = TinyGraph.SIZE;
  static final int FEATURES = TinyGraph.FEATURES;
  static final int CLASSES = TinyGraph.CLASSES;

  /** Two images, {@code [2, 3, SIZE, SIZE]}. */
  static final float[] IMAGES = TinyGraph.numbers(2 * 3 * SIZE * SIZE, 9);

  private TinyFile() {}

  static Path write(Path folder, TinyGraph graph) throws IOException {
    return Files.write(folder.resolve("m.onnx"), graph.model().build().toByteArray());
  }

  static Model load(Path folder, TinyGraph graph, ModelCard card) throws IOException {
    return adapt(write(folder, graph), card, TinyCards.LABELS);
  }

  static Model adapt(Path file, ModelCard card, Labels labels) {
    return OnnxModel.read(file, false).adapt(card, labels);
  }

  static Map<String, float[]> run(Model model, float[] images) throws OrtException {
    return Onnx.run(model.onnx(), images, SIZE);
  }

  /** That a model computes what {@link TinyGraph#plain} does. */
  static void assertPlain(Model model, float[] images) throws OrtException {
    Map<String, float[]> outputs = run(model, images);
    assertThat(outputs).containsOnlyKeys("embedding", "logits");
    float[] embedding = embedding(images);
    assertThat(Onnx.maxDifference(outputs.get("embedding"), embedding)).isLessThan(1e-6);
    assertThat(Onnx.maxDifference(outputs.get("logits"), logits(embedding))).isLessThan(1e-6);
  }

  static float[] embedding(float[] images) {
    return pooled(images, TinyGraph.FILTER_BIAS, true);
  }

  static float[] pooled(float[] images, float[] bias, boolean relu) {
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

  static float[] logits(float[] embedding) {
    return dense(embedding, TinyGraph.WEIGHT, TinyGraph.BIAS);
  }

  /**
   * @param weight // [classes, features]
   */
  static float[] dense(float[] embedding, float[] weight, float[] bias) {
    float[] logits = new float[embedding.length / FEATURES * CLASSES];
    for (int i = 0; i < logits.length; i++) {
      double sum = bias[i % CLASSES];
      for (int f = 0; f < FEATURES; f++) {
        sum += weight[i % CLASSES * FEATURES + f] * embedding[i / CLASSES * FEATURES + f];
      }
      logits[i] = (float) sum;
    }
    return logits;
  }

  /** Whole multiples of 1/64 between -2 and 127/64, as a uint8 with the zero point 128 holds. */
  static float[] rounded(float[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) (Math.max(-128, Math.min(127, Math.rint(values[i] * 64.0))) / 64);
    }
    return rounded;
  }

  static AttributeProto perm(long... axes) {
    return OnnxGraph.attribute("perm", Arrays.stream(axes).boxed().toList());
  }

  static AttributeProto to(DataType type) {
    return OnnxGraph.attribute("to", type.getNumber());
  }

  static TinyGraph image() {
    return new TinyGraph().input("x", DataType.FLOAT, 0, 3, SIZE, SIZE);
  }

  /** {@code flat}, {@code [N, FEATURES]}, of an input {@code x}. */
  static TinyGraph features() {
    return image().trunk("x").node("Flatten", "flat", List.of("pool"));
  }
}

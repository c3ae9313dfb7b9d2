package dev.lakelens.onnx;

import static dev.lakelens.network.OnnxGraph.attribute;
import static dev.lakelens.onnx.TinyFile.CLASSES;
import static dev.lakelens.onnx.TinyFile.FEATURES;
import static dev.lakelens.onnx.TinyFile.IMAGES;
import static dev.lakelens.onnx.TinyFile.SIZE;
import static dev.lakelens.onnx.TinyFile.perm;
import static dev.lakelens.onnx.TinyFile.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtException;
import dev.lakelens.model.Model;
import dev.lakelens.network.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BatchFreedomTest {
  private static final int PIXELS = 3 * SIZE * SIZE;

  @TempDir Path folder;

  /** Nodes on the image, {@code [1, 3, 4, 4]}, or on the pooled features, {@code [1, 5, 1, 1]}. */
  static Stream<NodeProto> freed() {
    return Stream.of(
        node("Relu", "input"),
        node("Sigmoid", "input"),
        node("HardSigmoid", "input"),
        node("HardSwish", "input"),
        node("LeakyRelu", "input"),
        node("Floor", "input"),
        node("Identity", "input"),
        node("Cast", "input", to(DataType.FLOAT)),
        node("Clip", "input scalar"),
        node("Conv", "input square"),
        node("BatchNormalization", "input three three three three"),
        node("AveragePool", "input", attribute("kernel_shape", List.of(2L, 2L))),
        node("MaxPool", "input", attribute("kernel_shape", List.of(2L, 2L))),
        node("QuantizeLinear", "input scale"),
        node("Add", "input input"),
        node("Sub", "scalar input"),
        node("Mul", "input channels"),
        node("Div", "input image"),
        node("Max", "input scalar channels"),
        node("Min", "input"),
        node("Pad", "input edges"),
        node("Transpose", "input", perm(0, 1, 3, 2)),
        node("ReduceMean", "input", attribute("axes", List.of(3L))),
        node("ReduceMean", "input", attribute("axes", List.of(-1L, -2L))),
        node("ReduceMean", "pool", attribute("axes", List.of(2L, 3L)), attribute("keepdims", 0)),
        node("Squeeze", "pool lasts"),
        node("Flatten", "pool"),
        node("Reshape", "input folded"),
        node("Reshape", "pool flattened"));
  }

  /** A freed graph on n images gives what the file's own graph gives for each. */
  @ParameterizedTest
  @MethodSource("freed")
  void givesEveryImageWhatItHasAlone(NodeProto node) throws IOException, OrtException {
    ModelProto.Builder file = with(node).model();
    file.setGraph(Pruning.prune(file.getGraph())); // of constants for other nodes
    byte[] bytes = file.build().toByteArray();
    Path path = Files.write(folder.resolve("m.onnx"), bytes);
    Model model = TinyFile.adapt(path, TinyCards.SOFTMAX, TinyCards.LABELS);
    assertThat(model.fixedBatch()).isZero();

    Map<String, float[]> together = TinyFile.run(model, IMAGES);

    for (int image = 0; image < 2; image++) {
      float[] alone = Arrays.copyOfRange(IMAGES, image * PIXELS, (image + 1) * PIXELS);
      float[] logits = Onnx.run(bytes, alone, SIZE).get("logits");
      float[] embedding = TinyFile.run(model, alone).get("embedding");
      assertClose(together.get("logits"), image, logits);
      assertClose(together.get("embedding"), image, embedding);
    }
  }

  /** A node that is freed, and one that differs from it in what mixes images, or might. */
  static Stream<Arguments> mixing() {
    AttributeProto transposed = attribute("transA", 1);
    AttributeProto training = attribute("training_mode", 1);
    return Stream.of(
        arguments(node("Gemm", "flat by row"), node("Gemm", "flat by rows")), // hasRow
        arguments(node("Gemm", "flat by row"), node("Gemm", "flat by scalar")),
        arguments(node("Gemm", "flat by row"), node("Gemm", "flat by made")),
        arguments(node("Gemm", "flat by"), node("Gemm", "flat by", transposed)),
        arguments(node("Pad", "input edges"), node("Pad", "input start")), // padsImages
        arguments(node("Pad", "input edges"), node("Pad", "input end")),
        arguments(node("Pad", "input edges"), node("Pad", "input made")),
        arguments(node("Pad", "input edges"), node("Pad", "input edges scalar axes")),
        arguments(node("Pad", "input edges"), node("Pad", "image input")),
        arguments(pads(0, 0), pads(1, 0)),
        arguments(pads(0, 0), pads(0, 1)),
        arguments(turned(0, 1, 3, 2), turned(1, 0, 2, 3)), // keepsBatch
        arguments(turned(0, 1, 3, 2), node("Transpose", "input")),
        arguments(mean(3), mean(0)), // without
        arguments(mean(-1), mean(-4)),
        arguments(mean(2, 3), mean(2, 0)),
        arguments(mean(3), mean()),
        arguments(node("ReduceMean", "input lasts"), node("ReduceMean", "input made")),
        arguments(node("Squeeze", "pool lasts"), node("Squeeze", "pool first")),
        arguments(quantised("scale"), quantised("three")), // hasOneScale
        arguments(quantised("scale"), quantised("made")),
        arguments(node("Add", "input image"), node("Add", "input images")), // elementwise
        arguments(node("Add", "input scalar"), node("Add", "input made")),
        arguments(node("Add", "input input"), node("Add", "input flat")),
        arguments(node("Add", "input image"), node("Add", "input deep")),
        arguments(node("Conv", "input square"), node("Conv", "input input")), // alone
        arguments(node("MatMul", "flat by"), node("MatMul", "flat flat")),
        arguments(node("Flatten", "pool"), node("Flatten", "pool", attribute("axis", 2))),
        arguments(node("Reshape", "pool flattened"), node("Reshape", "pool made")), // target
        arguments(node("Reshape", "pool flattened"), node("Reshape", "pool copied")),
        arguments(node("Reshape", "pool flattened"), node("Reshape", "pool across")),
        arguments(node("Reshape", "pool flattened"), node("Reshape", "pool one")),
        arguments(
            node("BatchNormalization", "input three three three three"),
            node("BatchNormalization", "input three three three three", training)),
        arguments(node("Relu", "input"), node("Softmax", "input")),
        arguments(node("Relu", "input"), node("Relu", "input").toBuilder().addOutput("z").build()),
        arguments(
            node("Relu", "input"), node("Relu", "input").toBuilder().setOutput(0, "").build()),
        arguments(node("Relu", "row"), node("Relu", "row", inner().build())),
        arguments(node("Relu", "row"), node("Relu", "row", inners())));
  }

  @ParameterizedTest
  @MethodSource("mixing")
  void leavesWhatMightMixImagesAsItIs(NodeProto free, NodeProto mixing) {
    assertThat(BatchFreedom.free(beside(free), "input")).isPresent();
    assertThat(BatchFreedom.free(beside(mixing), "input")).isEmpty();
  }

  @Test
  void keepsABatchOfOneWhereImagesMightMix() throws IOException, OrtException {
    Model model = TinyFile.load(folder, with(node("Reshape", "pool open")), TinyCards.SOFTMAX);
    assertThat(model.fixedBatch()).isEqualTo(1);
    TinyFile.assertPlain(model, Arrays.copyOf(IMAGES, IMAGES.length / 2));
    assertThatThrownBy(() -> TinyFile.run(model, IMAGES)).isInstanceOf(OrtException.class);
  }

  /** The plain network, with a node in it, and behind a quantiser its inverse. */
  private static TinyGraph with(NodeProto node) {
    boolean ahead = node.getInputList().contains("input");
    String made = node.getOutput(0);
    TinyGraph graph = constants();
    if (ahead) {
      graph.node(node);
      if (node.getOpType().equals("QuantizeLinear")) {
        made = "float";
        graph.node("DequantizeLinear", made, List.of(node.getOutput(0), "scale"));
      }
    }
    graph.trunk(ahead ? made : "input");
    if (!ahead) {
      graph.node(node);
    }
    return graph
        .node("Flatten", "flat", List.of(ahead ? "pool" : made))
        .gemm("flat", "logits")
        .output("logits", DataType.FLOAT, 1, CLASSES);
  }

  /** A graph of one node, and of values that it may read. */
  private static GraphProto beside(NodeProto node) {
    return constants()
        .trunk("input")
        .node("Flatten", "flat", List.of("pool"))
        .node("Relu", "made", List.of("row"))
        .node(node)
        .model()
        .getGraph();
  }

  private static TinyGraph constants() {
    return new TinyGraph()
        .input("input", DataType.FLOAT, 1, 3, SIZE, SIZE)
        .floats("scalar", new float[] {0.25f})
        .floats("scale", new float[] {1 / 64f})
        .floats("three", new float[] {1, 2, 3}, 3)
        .floats("channels", new float[] {1, 2, 3}, 3, 1, 1)
        .floats("image", new float[] {1, 2, 3}, 1, 3, 1, 1)
        .floats("images", new float[6], 2, 3, 1, 1)
        .floats("deep", new float[3], 1, 1, 3, 1, 1)
        .floats("square", TinyGraph.numbers(9, 4), 3, 3, 1, 1)
        .floats("by", TinyGraph.WEIGHT, FEATURES, CLASSES)
        .floats("row", TinyGraph.BIAS, 1, CLASSES)
        .floats("rows", new float[2 * CLASSES], 2, CLASSES)
        .longs("edges", 0, 0, 1, 1, 0, 0, 1, 1)
        .longs("start", 1, 0, 1, 1, 0, 0, 1, 1)
        .longs("end", 0, 0, 1, 1, 1, 0, 1, 1)
        .longs("axes", 0, 1, 2, 3)
        .longs("lasts", -1, -2)
        .longs("first", 0)
        .longs("folded", 1, 3, 2, -1)
        .longs("flattened", 1, FEATURES)
        .longs("open", -1, FEATURES)
        .longs("across", FEATURES, 1)
        .longs("copied", 1, 0)
        .longs("one", 1);
  }

  private static void assertClose(float[] together, int image, float[] alone) {
    float[] own = Arrays.copyOfRange(together, image * alone.length, (image + 1) * alone.length);
    assertThat(Onnx.maxDifference(own, alone)).isLessThan(1e-6);
  }

  private static NodeProto pads(long start, long end) {
    return node("Pad", "input", attribute("pads", List.of(start, 0L, 1L, 1L, end, 0L, 1L, 1L)));
  }

  private static NodeProto turned(long... axes) {
    return node("Transpose", "input", perm(axes));
  }

  private static NodeProto mean(long... axes) {
    return node("ReduceMean", "input", attribute("axes", Arrays.stream(axes).boxed().toList()));
  }

  private static NodeProto quantised(String scale) {
    return node("QuantizeLinear", "input " + scale);
  }

  /** An inner graph may read any value. */
  private static AttributeProto.Builder inner() {
    return AttributeProto.newBuilder().setName("g").setG(GraphProto.getDefaultInstance());
  }

  private static AttributeProto inners() {
    return inner().clearG().addGraphs(GraphProto.getDefaultInstance()).build();
  }

  private static NodeProto node(String operator, String inputs, AttributeProto... attributes) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs.split(" ")))
        .addOutput("y")
        .addAllAttribute(List.of(attributes))
        .build();
  }
}

package dev.lakelens.onnx;

import static dev.lakelens.onnx.TinyFile.CLASSES;
import static dev.lakelens.onnx.TinyFile.SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs that are sound as messages, and strange as networks: each has an answer, and soon. */
class HostileGraphsTest {
  private static final Duration SOON = Duration.ofSeconds(30); // on a busy machine
  private static final int GRAPHS = 2000;
  private static final int MANY = 40_000;

  private static final List<String> OPERATORS =
      List.of(
          "Identity",
          "Transpose",
          "Cast",
          "Sub",
          "Mul",
          "Add",
          "Constant",
          "Reshape",
          "Squeeze",
          "ReduceMean",
          "Flatten",
          "Pad",
          "Conv",
          "Relu",
          "GlobalAveragePool",
          "MatMul",
          "Gemm",
          "Softmax",
          "QuantizeLinear",
          "DequantizeLinear",
          "DynamicQuantizeLinear",
          "MatMulInteger",
          "QLinearMatMul",
          "QLinearConv",
          "If",
          "Shape",
          "Tile",
          "Resize",
          "BatchNormalization");

  @TempDir Path folder;

  /** Any output may be left out, and nothing reads it. */
  @Test
  void takesAValueWithoutANameForNoValue() {
    GraphProto.Builder graph = plain();
    List<NodeProto> nodes = new ArrayList<>();
    nodes.add(node("Identity", "x", "", "y"));
    nodes.add(node("Identity", "", ""));
    graph.getNodeBuilder(0).setInput(0, "y");
    nodes.addAll(graph.getNodeList());
    answersSoon(graph.clearNode().addAllNode(nodes));
  }

  @Test
  void findsNoConstantAndNoProducerWithoutAName() {
    Values values =
        new Values(
            GraphProto.newBuilder()
                .addInitializer(constant(""))
                .addNode(node("Identity", "", ""))
                .addNode(
                    node("Constant").toBuilder().addOutput("").addAttribute(ints("value_ints", 1)))
                .build());

    assertThat(values.producer("")).isEmpty();
    assertThat(values.constant("")).isEmpty();
    assertThat(values.readers("")).isEmpty();
  }

  @Test
  void answersForEveryGraphOfARandomShape() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      answersSoon(random(new Random(seed)));
    }
  }

  @Test
  void readsManyInnerGraphsBesideManyValues() {
    GraphProto.Builder graph = plain();
    for (int i = 0; i < MANY; i++) {
      graph.addNode(node("Identity", "x", "v" + i));
      graph.addInitializer(constant("c" + i));
    }
    for (int i = 0; i < MANY; i++) {
      graph.addNode(holding(GraphProto.getDefaultInstance(), i % 2 == 0));
    }
    answersSoon(graph);
  }

  /** protobuf reads messages 100 deep, which is 33 graphs. */
  @Test
  void readsGraphsAsDeepAsTheyCanBe() {
    GraphProto inner = GraphProto.getDefaultInstance();
    for (int depth = 0; depth < 200; depth++) {
      inner = GraphProto.newBuilder().addNode(holding(inner, true)).build();
      if (depth == 30 || depth == 199) {
        answersSoon(plain().addNode(holding(inner, true)));
      }
    }
  }

  @Test
  void readsManyOutputsBehindALongChain() {
    GraphProto.Builder graph = plain();
    String last = "dense";
    for (int i = 0; i < MANY; i++) {
      graph.addNode(node("Identity", last, "v" + i));
      last = "v" + i;
      graph.addOutput(graph.getOutput(0).toBuilder().setName(last));
    }
    answersSoon(graph);
  }

  @Test
  void forgetsTheValuesOfAnInnerGraphBehindIt() {
    GraphProto inner = GraphProto.newBuilder().addNode(node("Identity", "x", "z")).build();
    GraphProto.Builder graph = plain().addNode(holding(inner, true)).addNode(holding(inner, false));
    OrderCheck.check(graph.build());

    graph.addNode(node("Identity", "z", "after"));
    assertThatThrownBy(() -> OrderCheck.check(graph.build()))
        .isInstanceOf(ModelException.class)
        .hasMessage("value z is read before it is made");
  }

  /** A plain network with nodes ahead of it and behind it, which read any value, or none. */
  private static GraphProto.Builder random(Random random) {
    GraphProto.Builder graph = plain();
    graph.addInitializer(constant("shape"));
    List<String> names = new ArrayList<>(List.of("", "x", "shape"));
    List<NodeProto> nodes = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      nodes.add(random(random, names, "a" + i));
    }
    graph.getNodeBuilder(0).setInput(0, random.nextBoolean() ? "x" : pick(random, names));
    nodes.addAll(graph.getNodeList());
    names.addAll(List.of("pool", "flat", "dense"));
    for (int i = random.nextInt(6); i > 0; i--) {
      nodes.add(random(random, names, "b" + i));
    }
    if (random.nextInt(4) == 0) {
      int at = random.nextInt(nodes.size());
      nodes.set(at, renamed(nodes.get(at), pick(random, names), random));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      graph.addOutput(graph.getOutput(0).toBuilder().setName(pick(random, names)));
    }
    return graph.clearNode().addAllNode(nodes);
  }

  private static String pick(Random random, List<String> names) {
    return names.get(random.nextInt(names.size()));
  }

  private static NodeProto random(Random random, List<String> names, String prefix) {
    NodeProto.Builder node = NodeProto.newBuilder();
    node.setOpType(OPERATORS.get(random.nextInt(OPERATORS.size())));
    for (int i = random.nextInt(4); i > 0; i--) {
      node.addInput(pick(random, names));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      node.addOutput(random.nextInt(4) == 0 ? "" : prefix + "." + i);
      names.add(node.getOutput(node.getOutputCount() - 1));
    }
    if (random.nextInt(4) == 0) {
      node.addAttribute(ints(random.nextBoolean() ? "axes" : "pads", random.nextInt(9) - 4, 0));
    }
    if (random.nextInt(6) == 0) {
      GraphProto.Builder inner = GraphProto.newBuilder();
      inner.addNode(node("Identity", pick(random, names), prefix + ".inner"));
      node.addAttribute(holding(inner.build(), random.nextBoolean()).getAttribute(0));
    }
    return node.build();
  }

  private static NodeProto renamed(NodeProto node, String name, Random random) {
    NodeProto.Builder renamed = node.toBuilder();
    if (random.nextBoolean() && node.getInputCount() > 0) {
      renamed.setInput(0, name);
    } else if (node.getOutputCount() > 0) {
      renamed.setOutput(0, name);
    }
    return renamed.build();
  }

  private void answersSoon(GraphProto.Builder graph) {
    assertTimeoutPreemptively(SOON, () -> answer(graph));
  }

  /** Any answer will do but an exception that is not the model's. */
  private void answer(GraphProto.Builder graph) throws IOException {
    byte[] bytes = new TinyGraph().model().setGraph(graph).build().toByteArray();
    Path file = Files.write(folder.resolve("m.onnx"), bytes);
    try {
      OnnxModel model = OnnxModel.read(file, false);
      model.inspection();
      assertThat(model.adapt(TinyCards.SOFTMAX, TinyCards.LABELS).classes()).isEqualTo(CLASSES);
    } catch (ModelException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  private static TensorProto constant(String name) {
    return Numbers.tensor(ints("value_ints", 1, -1)).orElseThrow().toBuilder()
        .setName(name)
        .build();
  }

  private static GraphProto.Builder plain() {
    TinyGraph graph = new TinyGraph().input("x", DataType.FLOAT, 1, 3, SIZE, SIZE);
    return graph
        .trunk("x")
        .node("Flatten", "flat", List.of("pool"))
        .gemm("flat", "dense")
        .output("dense", DataType.FLOAT, 1, CLASSES)
        .model()
        .getGraphBuilder();
  }

  private static NodeProto node(String operator, String input, String... outputs) {
    return node(operator).toBuilder().addInput(input).addAllOutput(List.of(outputs)).build();
  }

  private static NodeProto node(String operator) {
    return NodeProto.newBuilder().setOpType(operator).build();
  }

  private static NodeProto holding(GraphProto inner, boolean one) {
    AttributeProto.Builder branch = AttributeProto.newBuilder().setName("then_branch");
    branch = one ? branch.setG(inner) : branch.addGraphs(inner);
    return node("If").toBuilder().addInput("x").addAttribute(branch).build();
  }

  private static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder ints = AttributeProto.newBuilder().setName(name);
    ints.setType(AttributeType.INTS);
    for (long value : values) {
      ints.addInts(value);
    }
    return ints.build();
  }
}

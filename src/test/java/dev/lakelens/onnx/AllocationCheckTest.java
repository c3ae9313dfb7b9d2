package dev.lakelens.onnx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.lakelens.model.ModelException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllocationCheckTest {
  private static final long HUGE = 1L << 40;

  @Test
  void rejectsConstantsThatAskForHugeValues() {
    Map<String, TinyGraph> graphs = new LinkedHashMap<>();
    graphs.put("ConstantOfShape", reading("ConstantOfShape", List.of("n"), HUGE));
    graphs.put("Expand", reading("Expand", List.of("x", "n"), 1, 3, HUGE, 4));
    graphs.put("Tile", reading("Tile", List.of("x", "n"), 1, 1, 1 << 20, 1));
    graphs.put("Pad", reading("Pad", List.of("x", "n"), 0, 0, HUGE, 0, 0, 0, 0, 0));
    graphs.put("Resize", reading("Resize", List.of("x", "", "", "n"), 1, 3, HUGE, HUGE));
    for (Map.Entry<String, TinyGraph> graph : graphs.entrySet()) {
      assertRejected(graph.getKey(), graph.getValue());
    }
  }

  @Test
  void rejectsAttributesThatAskForHugeValues() {
    assertRejected(
        "Conv",
        image()
            .node(
                "Conv",
                "y",
                List.of("x", "x"),
                Nodes.attribute("pads", List.of(0L, HUGE, 0L, 0L))));
  }

  @Test
  void rejectsHugeShapesThatNodesCompute() {
    TinyGraph graph =
        image()
            .longs("k", 1 << 20)
            .node("Mul", "square", List.of("k", "k"))
            .node("ConstantOfShape", "y", List.of("square"));
    assertRejected("ConstantOfShape", graph);
    TinyGraph clipped =
        image()
            .longs("k", 1)
            .longs("least", HUGE)
            .node("Clip", "raised", List.of("k", "least"))
            .node("ConstantOfShape", "y", List.of("raised"));
    assertRejected("ConstantOfShape", clipped);
  }

  /** SAME padding as TorchScript writes it: from sides and strides, with zeros for other axes. */
  @Test
  void takesPaddingThatNodesComputeFromConstants() {
    TinyGraph graph =
        image()
            .floats("side", new float[] {112}, 1)
            .floats("one", new float[] {1}, 1)
            .floats("two", new float[] {2}, 1)
            .floats("whole", new float[] {224}, 1)
            .floats("zero", new float[] {0}, 1)
            .longs("eight", 8)
            .longs("four", 4)
            .node("Sub", "steps", List.of("side", "one"))
            .node("Mul", "strides", List.of("steps", "two"))
            .node("Add", "reach", List.of("strides", "two"))
            .node("Add", "needed", List.of("reach", "one"))
            .node("Sub", "missing", List.of("needed", "whole"))
            .node("Clip", "clipped", List.of("missing", "zero", ""))
            .node("Div", "half", List.of("clipped", "two"))
            .node("Cast", "start", List.of("half"))
            .node("Sub", "others", List.of("eight", "four"))
            .node("ConstantOfShape", "zeros", List.of("others"))
            .node("Concat", "pads", List.of("start", "zeros"))
            .node("Pad", "y", List.of("x", "pads"));
    assertThatCode(() -> check(graph)).doesNotThrowAnyException();
  }

  private static void assertRejected(String operator, TinyGraph graph) {
    assertThatThrownBy(() -> check(graph))
        .as(operator)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("of the operator " + operator + " may make a value too large");
  }

  private static void check(TinyGraph graph) {
    AllocationCheck.check(graph.model().build().getGraph());
  }

  private static TinyGraph image() {
    return new TinyGraph().input("x", DataType.FLOAT, 1, 3, 4, 4);
  }

  private static TinyGraph reading(String operator, List<String> inputs, long... numbers) {
    return image().longs("n", numbers).node(operator, "y", inputs);
  }
}

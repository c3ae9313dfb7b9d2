package dev.lakelens.onnx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.lakelens.model.ModelException;
import dev.lakelens.network.OnnxGraph;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationCheckTest {
  private static final long HUGE = 1L << 40;

  /** The largest shape that passes, and the smallest that does not. */
  @ParameterizedTest
  @CsvSource({
    "ConstantOfShape, n,         16384 16384,           16384 16385",
    "Expand,          x n,       1 1 16384 16384,       -1 2 16384 16384",
    "Tile,            x n,       1 1 64 64,             1 1 64 65",
    "Pad,             x n,       0 0 32 32 0 0 32 -32,  0 0 0 0 0 0 0 -33",
    "Resize,          x - - n,   1 3 4096 4096,         1 3 4096 4097"
  })
  void rejectsShapesThatAskForMuch(String operator, String inputs, String most, String more) {
    assertTaken(reading(operator, inputs, most));
    assertRejected(operator, reading(operator, inputs, more));
  }

  @ParameterizedTest
  @CsvSource({"Resize, x - n", "Resize, x n", "Upsample, x n"})
  void rejectsLargeScales(String operator, String inputs) {
    for (float scale : new float[] {16, 16.1f, Float.NaN}) {
      TinyGraph graph = image().floats("n", new float[] {1, 1, 1, scale}, 4);
      graph.node(operator, "y", names(inputs));
      if (scale == 16) {
        assertTaken(graph);
      } else {
        assertRejected(operator, graph);
      }
    }
  }

  @Test
  void rejectsLargeScalesInAnAttribute() {
    AttributeProto.Builder scales = AttributeProto.newBuilder().setName("scales");
    scales.setType(AttributeType.FLOATS).addFloats(1).addFloats(17);
    TinyGraph graph = image().node("Upsample", "y", List.of("x"), scales.build());
    assertRejected("Upsample", graph);
  }

  @ParameterizedTest
  @CsvSource({"Conv", "Pad", "MaxPool"})
  void rejectsLargePadsInAnAttribute(String operator) {
    AttributeProto pads = OnnxGraph.attribute("pads", List.of(0L, 33L, 0L, 0L));
    assertRejected(operator, image().node(operator, "y", List.of("x", "x"), pads));
  }

  @Test
  void rejectsAShapeOfMoreAxesThanAnyImageHas() {
    assertRejected("ConstantOfShape", reading("ConstantOfShape", "n", "1 ".repeat(65)));
  }

  @Test
  void readsConstantsOfNodes() {
    AttributeProto.Builder value = AttributeProto.newBuilder().setName("value_ints");
    value.setType(AttributeType.INTS).addInts(HUGE);
    TinyGraph graph =
        image()
            .node("Constant", "n", List.of(), value.build())
            .node("ConstantOfShape", "y", List.of("n"));
    assertRejected("ConstantOfShape", graph);
  }

  @Test
  void readsConstantsAroundAnInnerGraph() {
    GraphProto inner =
        new TinyGraph().node("ConstantOfShape", "z", List.of("n")).model().getGraph();
    for (boolean list : new boolean[] {false, true}) {
      AttributeProto.Builder branch = AttributeProto.newBuilder().setName("then_branch");
      TinyGraph graph =
          image()
              .longs("n", HUGE)
              .node(
                  "If",
                  "y",
                  List.of("x"),
                  (list ? branch.addGraphs(inner) : branch.setG(inner)).build());
      assertRejected("ConstantOfShape", graph);
    }
  }

  @Test
  void takesShapesThatNodesCompute() {
    TinyGraph graph =
        image()
            .longs("k", HUGE)
            .node("Mul", "square", List.of("k", "k"))
            .node("ConstantOfShape", "y", List.of("square"));
    assertTaken(graph);
  }

  @ParameterizedTest
  @CsvSource({
    "x, 0, 1, true",
    "x, -1, 1, false",
    "x, 0, 0, false",
    "made, 0, 1, false" // may have no element and a huge axis
  })
  void takesARangeOnlyAlongTheInput(String measured, long start, long step, boolean taken) {
    TinyGraph graph =
        image()
            .longs("start", start)
            .longs("step", step)
            .node("Expand", "made", List.of("x", "n"))
            .node("Shape", "shape", List.of(measured))
            .node("Squeeze", "axis", List.of("shape"))
            .node("Range", "y", List.of("start", "axis", "step"));
    if (taken) {
      assertTaken(graph);
    } else {
      assertThatThrownBy(() -> check(graph))
          .hasMessageContaining("y is a Range of no known length");
    }
  }

  @Test
  void rejectsARangeOfAConstantLength() {
    TinyGraph graph = image().longs("n", HUGE).longs("1", 1).node("Range", "y", names("1 n 1"));
    assertThatThrownBy(() -> check(graph)).hasMessageContaining("y is a Range of no known length");
  }

  private static void assertTaken(TinyGraph graph) {
    assertThatCode(() -> check(graph)).doesNotThrowAnyException();
  }

  private static void assertRejected(String operator, TinyGraph graph) {
    assertThatThrownBy(() -> check(graph))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("of the operator " + operator + " asks for");
  }

  private static void check(TinyGraph graph) {
    AllocationCheck.check(graph.model().build().getGraph());
  }

  private static TinyGraph image() {
    return new TinyGraph().input("x", DataType.FLOAT, 1, 3, 4, 4);
  }

  /** A node whose input {@code n} is a constant; an input {@code -} is not given. */
  private static TinyGraph reading(String operator, String inputs, String numbers) {
    long[] values =
        List.of(numbers.trim().split(" ")).stream().mapToLong(Long::parseLong).toArray();
    return image().longs("n", values).node(operator, "y", names(inputs));
  }

  private static List<String> names(String inputs) {
    return List.of(inputs.split(" ")).stream().map(name -> name.equals("-") ? "" : name).toList();
  }
}

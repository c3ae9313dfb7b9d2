package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lakelens.model.ModelException;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Refuses nodes whose own constants ask for more than an image network needs. A shape that other
 * nodes compute is not known here, and passes.
 */
final class AllocationCheck {
  private static final double MAX_VALUES = 1 << 28;
  private static final double MAX_REPEATS = 4096;
  private static final double MAX_SCALE = 16;
  private static final double MAX_SIDE = 4096;
  private static final double MAX_PAD = 32;

  private final Values values;
  private final Optional<AllocationCheck> around; // of the graph whose node has this graph

  private AllocationCheck(GraphProto graph, Optional<AllocationCheck> around) {
    this.values = new Values(graph);
    this.around = around;
  }

  static void check(GraphProto graph) {
    check(graph, Optional.empty());
  }

  private static void check(GraphProto graph, Optional<AllocationCheck> around) {
    AllocationCheck check = new AllocationCheck(graph, around);
    RangeCheck.check(graph);
    graph.getNodeList().forEach(check::check);
  }

  /** Checks a graph whose nodes may read the constants of the graphs around it. */
  private void checkInner(GraphProto graph) {
    check(graph, Optional.of(this));
  }

  private void check(NodeProto node) {
    switch (node.getOpType()) {
      case "ConstantOfShape" -> require(node, product(numbers(node, 0)), MAX_VALUES);
      case "Expand" -> require(node, product(numbers(node, 1)), MAX_VALUES);
      case "Tile" -> require(node, product(numbers(node, 1)), MAX_REPEATS);
      case "Pad" -> require(node, largest(numbers(node, 1)), MAX_PAD);
      case "Resize", "Upsample" -> checkResize(node);
      default -> {} // its attributes alone can make it grow
    }
    require(node, largest(integers(node, "pads")), MAX_PAD);
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        checkInner(attribute.getG());
      }
      attribute.getGraphsList().forEach(this::checkInner);
    }
  }

  /** Scales are an attribute until opset 8, then an input; sizes are the last input. */
  private void checkResize(NodeProto node) {
    DoubleStream scales =
        Attributes.find(node, "scales").stream()
            .flatMapToDouble(s -> s.getFloatsList().stream().mapToDouble(Float::doubleValue));
    require(node, largest(scales), MAX_SCALE);
    require(node, largest(numbers(node, 1)), MAX_SCALE);
    require(node, largest(numbers(node, 2)), MAX_SCALE);
    require(node, largest(numbers(node, 3)), MAX_SIDE);
  }

  private static void require(NodeProto node, double asked, double limit) {
    if (!(asked <= limit)) { // NaN is no limit
      throw new ModelException(
          "node %s of the operator %s asks for %.3g, and %.3g is the limit for an image network"
              .formatted(node.getName(), node.getOpType(), asked, limit));
    }
  }

  /** The values of an input that is a constant; otherwise none. */
  private DoubleStream numbers(NodeProto node, int index) {
    return constant(Values.input(node, index)).stream().flatMapToDouble(AllocationCheck::numbers);
  }

  /** No shape is as large as weights are. */
  private static DoubleStream numbers(TensorProto constant) {
    if (!Numbers.isSmall(constant)) {
      return DoubleStream.of(Double.POSITIVE_INFINITY);
    }
    return DoubleStream.concat(
        Numbers.longs(constant).stream().mapToDouble(Long::doubleValue),
        Numbers.floats(constant).stream().mapToDouble(Float::doubleValue));
  }

  /** At most 33 graphs are nested: protobuf reads no message that is over 100 deep. */
  private Optional<TensorProto> constant(String value) {
    return values.constant(value).or(() -> around.flatMap(outer -> outer.constant(value)));
  }

  private static DoubleStream integers(NodeProto node, String attribute) {
    List<Long> values = Attributes.integers(node, attribute);
    return values.stream().mapToDouble(Long::doubleValue);
  }

  private static double product(DoubleStream values) {
    return values.map(Math::abs).reduce(1, (a, b) -> a * b);
  }

  private static double largest(DoubleStream values) {
    return values.map(Math::abs).max().orElse(0);
  }
}

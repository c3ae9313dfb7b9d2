package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lakelens.model.ModelException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** Constants with more elements are weights, and no shapes. */
  private static final int MAX_SHAPE = 64;

  private final Map<String, TensorProto> constants;

  private AllocationCheck(Map<String, TensorProto> constants) {
    this.constants = constants;
  }

  static void check(GraphProto graph) {
    new AllocationCheck(Map.of()).checkWithin(graph);
  }

  /** Checks a graph whose nodes may read the constants of the graphs around it. */
  private void checkWithin(GraphProto graph) {
    Map<String, TensorProto> all = new HashMap<>(constants);
    all.putAll(new Values(graph).constants());
    RangeCheck.check(graph);
    AllocationCheck check = new AllocationCheck(all);
    graph.getNodeList().forEach(check::check);
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
        checkWithin(attribute.getG());
      }
      attribute.getGraphsList().forEach(this::checkWithin);
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
    TensorProto constant = constants.get(Values.input(node, index));
    if (constant == null) {
      return DoubleStream.empty();
    }
    if (TensorCheck.byteSize(constant) > MAX_SHAPE * (long) Long.BYTES) {
      return DoubleStream.of(Double.POSITIVE_INFINITY);
    }
    return DoubleStream.concat(
        Numbers.longs(constant).stream().mapToDouble(Long::doubleValue),
        Numbers.floats(constant).stream().mapToDouble(Float::doubleValue));
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

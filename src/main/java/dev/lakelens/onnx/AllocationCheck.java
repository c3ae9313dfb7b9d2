package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.lakelens.model.ModelException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Refuses nodes whose constants make more of a value than an image network needs. What depends on
 * the image, or on operators that {@link Extent} does not follow, passes. Broadcasts, products and
 * concatenations are not followed: each grows by what it reads alone.
 */
final class AllocationCheck {
  private static final double MAX_VALUES = 1 << 28;
  private static final double MAX_REPEATS = 4096;
  private static final double MAX_SCALE = 16;
  private static final double MAX_SIDE = 4096;
  private static final double MAX_PAD = 32;

  private final Map<String, Extent> extents;

  private AllocationCheck(Map<String, Extent> extents) {
    this.extents = extents;
  }

  /** Checks a graph whose nodes come after those that they read. */
  static void check(GraphProto graph) {
    new AllocationCheck(new HashMap<>()).checkGraph(graph);
  }

  private void checkGraph(GraphProto graph) {
    graph.getInputList().forEach(i -> extents.put(i.getName(), Extent.UNKNOWN));
    graph.getInitializerList().forEach(t -> extents.put(t.getName(), Extent.of(t)));
    for (NodeProto node : graph.getNodeList()) {
      checkNode(node);
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasG()) {
          new AllocationCheck(new HashMap<>(extents)).checkGraph(attribute.getG());
        }
        for (GraphProto inner : attribute.getGraphsList()) {
          new AllocationCheck(new HashMap<>(extents)).checkGraph(inner);
        }
      }
      node.getOutputList().stream().limit(1).forEach(output -> extents.put(output, extent(node)));
    }
  }

  private void checkNode(NodeProto node) {
    switch (node.getOpType()) {
      case "ConstantOfShape" -> require(node, volume(node, 0), MAX_VALUES);
      case "Expand" -> require(node, volume(node, 1), MAX_VALUES);
      case "Tile" -> require(node, volume(node, 1), MAX_REPEATS);
      case "Pad" -> {
        if (node.getInputCount() > 1) {
          require(node, input(node, 1).magnitude(), MAX_PAD);
        }
      }
      case "Resize", "Upsample" -> {
        for (int i = 1; i < node.getInputCount(); i++) {
          if (!node.getInput(i).isEmpty()) {
            require(node, input(node, i).magnitude(), i == 3 ? MAX_SIDE : MAX_SCALE);
          }
        }
      }
      default -> {} // its attributes alone can make it grow
    }
    require(node, largest(Attributes.integers(node, "pads")), MAX_PAD);
    require(node, largest(Attributes.integers(node, "output_padding")), MAX_PAD);
    require(node, largestScale(node), MAX_SCALE);
  }

  private static void require(NodeProto node, double asked, double limit) {
    if (asked > limit && Double.isFinite(asked)) {
      throw new ModelException(
          ("node %s of the operator %s may make a value too large for an image network (%.3g, and"
                  + " %.3g is the limit); export the model with fixed shapes")
              .formatted(node.getName(), node.getOpType(), asked, limit));
    }
  }

  /** Product of as many dimensions as a shape may have. */
  private double volume(NodeProto node, int index) {
    Extent shape = input(node, index);
    return Math.pow(Math.max(1, shape.high()), shape.count());
  }

  private Extent input(NodeProto node, int index) {
    return extents.getOrDefault(Values.input(node, index), Extent.UNKNOWN);
  }

  private Extent extent(NodeProto node) {
    if (node.getOpType().equals("ConstantOfShape")) {
      Extent filler = constant(node, new Extent(0, 0, 1));
      return new Extent(filler.low(), filler.high(), volume(node, 0));
    }
    if (node.getOpType().equals("Constant")) {
      return constant(node, Extent.UNKNOWN);
    }
    List<Extent> inputs =
        node.getInputList().stream()
            .map(i -> i.isEmpty() ? Extent.ABSENT : extents.getOrDefault(i, Extent.UNKNOWN))
            .toList();
    return Extent.of(node, inputs);
  }

  private static Extent constant(NodeProto node, Extent absent) {
    return Attributes.find(node, "value").map(value -> Extent.of(value.getT())).orElse(absent);
  }

  private static double largest(List<Long> values) {
    return values.stream().mapToDouble(Long::doubleValue).map(Math::abs).max().orElse(0);
  }

  private static double largestScale(NodeProto node) {
    return Attributes.find(node, "scales").stream()
        .flatMapToDouble(s -> s.getFloatsList().stream().mapToDouble(Float::doubleValue))
        .reduce(0, Math::max);
  }
}

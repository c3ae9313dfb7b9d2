package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.lakelens.model.ModelException;
import java.util.HashSet;
import java.util.Set;

/**
 * Refuses graphs whose nodes read what no earlier node makes, and graphs that make a value twice;
 * so those that pass have no cycles.
 */
final class OrderCheck {
  private OrderCheck() {}

  static void check(GraphProto graph) {
    check(graph, new HashSet<>());
  }

  /**
   * @param known values of the graphs around, which an inner graph may read
   */
  private static void check(GraphProto graph, Set<String> known) {
    graph.getInputList().forEach(input -> known.add(input.getName()));
    graph.getInitializerList().forEach(tensor -> known.add(tensor.getName()));
    for (NodeProto node : graph.getNodeList()) {
      check(node, known);
    }
    graph.getOutputList().forEach(output -> require(output.getName(), known));
  }

  private static void check(NodeProto node, Set<String> known) {
    node.getInputList().forEach(input -> require(input, known));
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        check(attribute.getG(), new HashSet<>(known));
      }
      attribute.getGraphsList().forEach(graph -> check(graph, new HashSet<>(known)));
    }
    for (String output : node.getOutputList()) {
      if (!output.isEmpty() && !known.add(output)) {
        throw new ModelException("value %s is made twice".formatted(output));
      }
    }
  }

  private static void require(String value, Set<String> known) {
    if (!value.isEmpty() && !known.contains(value)) { // an optional input is empty
      throw new ModelException("value %s is read before it is made".formatted(value));
    }
  }
}

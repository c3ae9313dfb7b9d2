package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.lakelens.model.ModelException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses graphs whose nodes read what no earlier node makes, and graphs that make a value twice;
 * so those that pass have no cycles.
 */
final class OrderCheck {
  /** Values that a node may read: an inner graph's end with it. */
  private final Set<String> known = new HashSet<>();

  private final List<String> order = new ArrayList<>(); // in which they became known

  private OrderCheck() {}

  static void check(GraphProto graph) {
    new OrderCheck().checkGraph(graph);
  }

  private void checkGraph(GraphProto graph) {
    int around = order.size();
    graph.getInputList().forEach(input -> add(input.getName()));
    graph.getInitializerList().forEach(tensor -> add(tensor.getName()));
    graph.getNodeList().forEach(this::checkNode);
    graph.getOutputList().forEach(output -> require(output.getName()));
    List<String> own = order.subList(around, order.size());
    own.forEach(known::remove);
    own.clear();
  }

  private void checkNode(NodeProto node) {
    node.getInputList().forEach(this::require);
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        checkGraph(attribute.getG());
      }
      attribute.getGraphsList().forEach(this::checkGraph);
    }
    for (String output : node.getOutputList()) {
      if (!output.isEmpty() && !add(output)) {
        throw new ModelException("value %s is made twice".formatted(output));
      }
    }
  }

  /** Whether a value was not known before. */
  private boolean add(String value) {
    return known.add(value) && order.add(value);
  }

  private void require(String value) {
    if (!value.isEmpty() && !known.contains(value)) { // an optional input is empty
      throw new ModelException("value %s is read before it is made".formatted(value));
    }
  }
}

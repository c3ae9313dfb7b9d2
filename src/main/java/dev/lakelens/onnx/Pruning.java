package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Leaves out what no output needs. */
final class Pruning {
  private Pruning() {}

  /**
   * @param graph whose nodes come after those that they read
   */
  static GraphProto prune(GraphProto graph) {
    Set<String> needed = new HashSet<>();
    graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(needed::add);
    Deque<NodeProto> kept = new ArrayDeque<>();
    for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
      NodeProto node = graph.getNode(i);
      if (node.getOutputList().stream().anyMatch(needed::contains)) {
        kept.addFirst(node);
        addReads(node, needed);
      }
    }
    List<TensorProto> initializers =
        graph.getInitializerList().stream().filter(t -> needed.contains(t.getName())).toList();
    return graph.toBuilder()
        .clearNode()
        .addAllNode(kept)
        .clearInitializer()
        .addAllInitializer(initializers)
        .build();
  }

  /** Adds what a node reads, and what the graphs inside it read or give. */
  static void addReads(NodeProto node, Set<String> needed) {
    node.getInputList().stream().filter(name -> !name.isEmpty()).forEach(needed::add);
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        addReads(attribute.getG(), needed);
      }
      attribute.getGraphsList().forEach(graph -> addReads(graph, needed));
    }
  }

  private static void addReads(GraphProto graph, Set<String> needed) {
    graph.getNodeList().forEach(node -> addReads(node, needed));
    graph.getOutputList().forEach(output -> needed.add(output.getName()));
  }
}

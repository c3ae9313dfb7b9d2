package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;

/**
 * Brings nodes behind those that they read, as the format asks for and ONNX Runtime's float16
 * converter does not do.
 */
final class NodeOrder {
  private final List<NodeProto> nodes;
  private final Map<String, Integer> makers = new HashMap<>();
  private final List<List<Integer>> readers = new ArrayList<>();
  private final int[] missing;

  private NodeOrder(List<NodeProto> nodes) {
    this.nodes = nodes;
    this.missing = new int[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      readers.add(new ArrayList<>());
      for (String output : nodes.get(i).getOutputList()) {
        makers.put(output, i);
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      Set<String> reads = new HashSet<>();
      Pruning.addReads(nodes.get(i), reads);
      for (String read : reads) {
        Integer maker = makers.get(read);
        if (maker != null) {
          readers.get(maker).add(i);
          missing[i]++;
        }
      }
    }
  }

  /** The same graph in order; nodes of a cycle keep their places, which {@link OrderCheck} sees. */
  static GraphProto sort(GraphProto graph) {
    List<NodeProto> sorted = new NodeOrder(graph.getNodeList()).sorted();
    boolean whole = sorted.size() == graph.getNodeCount();
    return whole ? graph.toBuilder().clearNode().addAllNode(sorted).build() : graph;
  }

  private List<NodeProto> sorted() {
    Queue<Integer> ready = new PriorityQueue<>(); // what is in order stays as it is
    for (int i = 0; i < missing.length; i++) {
      if (missing[i] == 0) {
        ready.add(i);
      }
    }
    List<NodeProto> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      sorted.add(nodes.get(next));
      for (int reader : readers.get(next)) {
        if (--missing[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    return sorted;
  }
}

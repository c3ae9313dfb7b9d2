package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.lakelens.model.ModelException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses a Range, which is as long as a value says, unless it counts along an axis of the graph's
 * input: PyTorch's exporter flattens the features of channels-last images by an index that is made
 * of one.
 */
final class RangeCheck {
  private static final Set<String> PICKS =
      Set.of("Squeeze", "Unsqueeze", "Gather", "Reshape", "Identity", "Cast");

  /** Nodes between an input's Shape and a Range; exporters' files have one. */
  private static final int MAX_STEPS = 8;

  private RangeCheck() {}

  static void check(GraphProto graph) {
    Values values = new Values(graph);
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Range") && !isBounded(node, graph, values)) {
        throw new ModelException(
            "node %s is a Range of no known length, which no image classifier needs; export it without"
                .formatted(node.getName()));
      }
    }
  }

  private static boolean isBounded(NodeProto node, GraphProto graph, Values values) {
    return atLeast(0, Values.input(node, 0), values)
        && isAxis(Values.input(node, 1), graph, values)
        && atLeast(1, Values.input(node, 2), values);
  }

  private static boolean atLeast(long least, String value, Values values) {
    List<Long> numbers = values.constant(value).map(Numbers::longs).orElse(List.of());
    return numbers.size() == 1 && numbers.get(0) >= least;
  }

  private static boolean isAxis(String value, GraphProto graph, Values values) {
    Optional<NodeProto> node = values.producer(value);
    for (int i = 0; i < MAX_STEPS && node.isPresent(); i++) {
      String from = Values.input(node.get(), 0);
      if (node.get().getOpType().equals("Shape")) {
        return graph.getInputList().stream().anyMatch(input -> input.getName().equals(from));
      }
      node = PICKS.contains(node.get().getOpType()) ? values.producer(from) : Optional.empty();
    }
    return false;
  }
}

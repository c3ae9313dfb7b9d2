package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a graph for one image take any batch, where every node works on each image alone. A node
 * that is not known to do so leaves the graph as it is.
 */
final class BatchFreedom {
  private final Values values;
  private final Map<String, Integer> ranks = new HashMap<>(); // of values whose axis 0 is the batch
  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<TensorProto> shapes = new ArrayList<>();

  private BatchFreedom(GraphProto graph) {
    this.values = new Values(graph);
  }

  /**
   * Frees the nodes of a graph; its declared inputs and outputs stay.
   *
   * @param input of one image, with four axes
   */
  static Optional<GraphProto> free(GraphProto graph, String input) {
    BatchFreedom freedom = new BatchFreedom(graph);
    freedom.ranks.put(input, 4);
    for (NodeProto node : graph.getNodeList()) {
      if (node.getAttributeList().stream().anyMatch(a -> a.hasG() || a.getGraphsCount() > 0)) {
        return Optional.empty(); // an inner graph may read any value
      }
      if (node.getInputList().stream().anyMatch(freedom.ranks::containsKey)) {
        int rank = freedom.rank(node);
        if (rank < 2 || node.getOutputCount() != 1 || node.getOutput(0).isEmpty()) {
          return Optional.empty();
        }
        freedom.ranks.put(node.getOutput(0), rank);
      }
      freedom.nodes.add(freedom.freed(node));
    }
    return Optional.of(
        graph.toBuilder()
            .clearNode()
            .addAllNode(freedom.nodes)
            .addAllInitializer(freedom.shapes)
            .build());
  }

  /** Axes of a node's output, if its axis 0 is the batch whenever the input's is; otherwise 0. */
  private int rank(NodeProto node) {
    return switch (node.getOpType()) {
      case "Relu", "Sigmoid", "HardSigmoid", "HardSwish", "LeakyRelu", "Floor" -> alone(node);
      case "Identity", "Cast", "Clip" -> alone(node);
      case "Conv", "GlobalAveragePool", "AveragePool", "MaxPool" -> alone(node);
      case "BatchNormalization" ->
          Attributes.integer(node, "training_mode", 0) == 0 ? alone(node) : 0;
      case "QuantizeLinear", "DequantizeLinear" -> hasOneScale(node) ? alone(node) : 0;
      case "Add", "Sub", "Mul", "Div", "Max", "Min" -> elementwise(node);
      case "Flatten" -> Attributes.integer(node, "axis", 1) == 1 ? 2 : 0;
      case "Gemm" -> Attributes.integer(node, "transA", 0) == 0 && hasRow(node) ? alone(node) : 0;
      case "MatMul" -> values.shapeOfConstant(Values.input(node, 1)).size() == 2 ? alone(node) : 0;
      case "Pad" -> padsImages(node) ? alone(node) : 0;
      case "Transpose" -> keepsBatch(node) ? alone(node) : 0;
      case "ReduceMean" -> without(node, Attributes.integer(node, "keepdims", 1) != 0);
      case "Squeeze" -> without(node, false);
      case "Reshape" -> target(node).size();
      default -> 0;
    };
  }

  /** Rank of the first input, if no other depends on the image. */
  private int alone(NodeProto node) {
    boolean others = node.getInputList().stream().skip(1).anyMatch(ranks::containsKey);
    return others ? 0 : ranks.getOrDefault(Values.input(node, 0), 0);
  }

  private boolean hasOneScale(NodeProto node) {
    Optional<TensorProto> scale = values.constant(Values.input(node, 1));
    return scale.filter(s -> s.getDimsList().stream().allMatch(d -> d == 1)).isPresent();
  }

  /** Whether the sum that a Gemm adds is the same for every image. */
  private boolean hasRow(NodeProto node) {
    if (node.getInputCount() < 3) {
      return true;
    }
    List<Long> shape = values.shapeOfConstant(Values.input(node, 2));
    return shape.size() == 1 || (shape.size() == 2 && shape.get(0) == 1);
  }

  private int elementwise(NodeProto node) {
    int rank = node.getInputList().stream().mapToInt(v -> ranks.getOrDefault(v, 0)).max().orElse(0);
    for (String input : node.getInputList()) {
      boolean same =
          ranks.containsKey(input)
              ? ranks.get(input) == rank
              : values.constant(input).filter(c -> isAlike(c.getDimsList(), rank)).isPresent();
      if (!same) {
        return 0;
      }
    }
    return rank;
  }

  /** Whether a constant is broadcast over the batch. */
  private static boolean isAlike(List<Long> shape, int rank) {
    return shape.size() < rank || (shape.size() == rank && shape.get(0) == 1);
  }

  /** Whether a Pad, which has a start and an end for every axis, leaves the batch as it is. */
  private boolean padsImages(NodeProto node) {
    List<Long> pads =
        node.getInputCount() > 1 ? longs(Values.input(node, 1)) : Attributes.integers(node, "pads");
    int rank = pads.size() / 2;
    return rank > 0
        && rank == alone(node)
        && node.getInputCount() < 4 // the fourth says which axes
        && pads.get(0) == 0
        && pads.get(rank) == 0;
  }

  private static boolean keepsBatch(NodeProto node) {
    List<Long> axes = Attributes.integers(node, "perm");
    return !axes.isEmpty() && axes.get(0) == 0;
  }

  /** Rank without the axes that a node takes away, if the batch is none of them. */
  private int without(NodeProto node, boolean keeps) {
    int rank = alone(node);
    List<Long> axes =
        node.getInputCount() > 1 ? longs(Values.input(node, 1)) : Attributes.integers(node, "axes");
    boolean within = axes.stream().allMatch(axis -> (axis < 0 ? axis + rank : axis) >= 1);
    if (axes.isEmpty() || !within) {
      return 0;
    }
    return keeps ? rank : rank - axes.size();
  }

  /** A Reshape's target, if its first axis is the one image; otherwise nothing. */
  private List<Long> target(NodeProto node) {
    List<Long> target = longs(Values.input(node, 1));
    boolean zeros = target.stream().skip(1).anyMatch(dimension -> dimension == 0);
    boolean plain = alone(node) > 0 && target.size() >= 2 && target.get(0) == 1 && !zeros;
    return plain ? target : List.of();
  }

  /** The same node, but a Reshape's first axis is copied from its input. */
  private NodeProto freed(NodeProto node) {
    if (!node.getOpType().equals("Reshape") || !ranks.containsKey(Values.input(node, 0))) {
      return node;
    }
    String shape = Names.OURS + "shape." + shapes.size();
    TensorProto.Builder target = TensorProto.newBuilder().setName(shape);
    List<Long> dimensions = new ArrayList<>(longs(Values.input(node, 1)));
    dimensions.set(0, 0L);
    target.setDataType(DataType.INT64.getNumber()).addDims(dimensions.size());
    shapes.add(target.addAllInt64Data(dimensions).build());
    return node.toBuilder().setInput(1, shape).clearAttribute().build(); // without allowzero
  }

  private List<Long> longs(String value) {
    return values.constant(value).map(Numbers::longs).orElse(List.of());
  }
}

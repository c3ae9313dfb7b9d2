package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the values of a graph come from and go to; a value without a name is none. */
final class Values {
  /** Nodes between a constant and its reader; makers' files have two. */
  private static final int MAX_STEPS = 8;

  private final Map<String, NodeProto> producers = new HashMap<>();
  private final Map<String, TensorProto> constants = new HashMap<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();

  Values(GraphProto graph) {
    for (TensorProto tensor : graph.getInitializerList()) {
      constants.put(tensor.getName(), tensor);
    }
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(output -> producers.put(output, node));
      for (String input : node.getInputList()) {
        readers.computeIfAbsent(input, name -> new ArrayList<>()).add(node);
      }
      if (node.getOpType().equals("Constant") && node.getOutputCount() == 1) {
        node.getAttributeList().stream()
            .flatMap(attribute -> Numbers.tensor(attribute).stream())
            .forEach(value -> constants.put(node.getOutput(0), value));
      }
    }
    List.of(producers, constants, readers).forEach(values -> values.remove(""));
  }

  /** A node's input, empty where it has no such input. */
  static String input(NodeProto node, int index) {
    return index < node.getInputCount() ? node.getInput(index) : "";
  }

  /** The node that makes a value; none for inputs and initializers. */
  Optional<NodeProto> producer(String value) {
    return Optional.ofNullable(producers.get(value));
  }

  List<NodeProto> readers(String value) {
    return readers.getOrDefault(value, List.of());
  }

  /** The tensor that a value always is. */
  Optional<TensorProto> constant(String value) {
    return Optional.ofNullable(constants.get(value));
  }

  /** Whether a value is made of constants alone. */
  boolean isConstant(String value) {
    return constants.containsKey(value) || !shapeOfConstant(value).isEmpty();
  }

  /** Dimensions of a constant, quantised, cast or transposed or not; empty for another value. */
  List<Long> shapeOfConstant(String value) {
    return shapeOfConstant(value, MAX_STEPS);
  }

  private List<Long> shapeOfConstant(String value, int steps) {
    TensorProto constant = constants.get(value);
    if (constant != null) {
      return constant.getDimsList();
    }
    NodeProto node = producers.get(value);
    if (node == null || node.getInputCount() == 0 || steps == 0) {
      return List.of();
    }
    return switch (node.getOpType()) {
      case "DequantizeLinear", "QuantizeLinear", "Cast", "Identity" ->
          shapeOfConstant(input(node, 0), steps - 1);
      case "Transpose" -> transposed(shapeOfConstant(input(node, 0), steps - 1), node);
      default -> List.of();
    };
  }

  private static List<Long> transposed(List<Long> shape, NodeProto node) {
    List<Long> axes = Attributes.integers(node, "perm");
    if (axes.isEmpty() && shape.size() == 2) {
      return List.of(shape.get(1), shape.get(0));
    }
    boolean whole = axes.size() == shape.size();
    return whole && axes.stream().allMatch(axis -> axis >= 0 && axis < shape.size())
        ? axes.stream().map(axis -> shape.get(axis.intValue())).toList()
        : List.of();
  }
}

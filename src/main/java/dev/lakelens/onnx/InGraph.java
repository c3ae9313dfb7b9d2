package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Preprocessing that a graph does itself, ahead of its first layer. */
final class InGraph {
  private static final Set<String> ARITHMETIC = Set.of("Add", "Sub", "Mul", "Div");
  private static final Set<String> MOVES =
      Set.of("Transpose", "Identity", "Cast", "QuantizeLinear", "DequantizeLinear");

  /** In floats, a half can be a little more. */
  private static final float HALF_STEP = 0.5001f;

  private InGraph() {}

  /** The operations on an input in order, each with its constant: {@code Sub 127.0}. */
  static List<String> of(String input, Values values) {
    List<String> operations = new ArrayList<>();
    String value = input;
    while (!value.isEmpty()) { // an output that is left out has no readers
      List<NodeProto> readers =
          values.readers(value).stream().filter(n -> !n.getOpType().equals("Shape")).toList();
      if (readers.size() != 1 || readers.get(0).getOutputCount() == 0) {
        return operations;
      }
      NodeProto node = readers.get(0);
      if (!MOVES.contains(node.getOpType()) && !isRounding(node, value, values)) {
        Optional<String> operation = operation(node, value, values);
        if (operation.isEmpty()) {
          return operations;
        }
        operations.add(operation.get());
      }
      value = node.getOutput(0);
    }
    return operations;
  }

  /** A sum that moves a value by no more than half a step of the quantiser behind it. */
  private static boolean isRounding(NodeProto node, String value, Values values) {
    List<NodeProto> readers = values.readers(node.getOutput(0));
    if (!node.getOpType().equals("Add")
        || readers.size() != 1
        || !readers.get(0).getOpType().equals("QuantizeLinear")) {
      return false;
    }
    List<Float> summand = floats(other(node, value), values);
    List<Float> step = floats(Values.input(readers.get(0), 1), values);
    return summand.size() == 1
        && step.size() == 1
        && Math.abs(summand.get(0)) <= HALF_STEP * step.get(0);
  }

  private static List<Float> floats(String name, Values values) {
    return values.constant(name).map(Numbers::floats).orElse(List.of());
  }

  /** What a value is added to, subtracted from and so on. */
  private static String other(NodeProto node, String value) {
    return Values.input(node, node.getInput(0).equals(value) ? 1 : 0);
  }

  private static Optional<String> operation(NodeProto node, String value, Values values) {
    String operator = node.getOpType();
    if (operator.equals("BatchNormalization")) {
      return Optional.of(operator);
    }
    if (!ARITHMETIC.contains(operator) || node.getInputCount() != 2) {
      return Optional.empty();
    }
    return values.constant(other(node, value)).map(constant -> operator + " " + text(constant));
  }

  /** Values of a few floats; otherwise the dimensions. */
  private static String text(TensorProto tensor) {
    if (tensor.getDataType() != DataType.FLOAT.getNumber() || TensorCheck.byteSize(tensor) > 16) {
      return "a tensor " + tensor.getDimsList();
    }
    return Numbers.floats(tensor).stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}

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
      if (!MOVES.contains(node.getOpType())) {
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

  private static Optional<String> operation(NodeProto node, String value, Values values) {
    String operator = node.getOpType();
    if (operator.equals("BatchNormalization")) {
      return Optional.of(operator);
    }
    if (!ARITHMETIC.contains(operator) || node.getInputCount() != 2) {
      return Optional.empty();
    }
    String other = Values.input(node, node.getInput(0).equals(value) ? 1 : 0);
    return values.constant(other).map(constant -> operator + " " + text(constant));
  }

  /** Values of a few floats; otherwise the dimensions. */
  private static String text(TensorProto tensor) {
    if (tensor.getDataType() != DataType.FLOAT.getNumber() || TensorCheck.byteSize(tensor) > 16) {
      return "a tensor " + tensor.getDimsList();
    }
    return Numbers.floats(tensor).stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}

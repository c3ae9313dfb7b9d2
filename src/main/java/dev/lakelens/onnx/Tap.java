package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Optional;

/**
 * A place in a graph where floats can be read.
 *
 * @param inputs the float value alone; or a quantised value, its scale, and its zero point
 */
record Tap(List<String> inputs) {
  static Tap of(String value) {
    return new Tap(List.of(value));
  }

  /**
   * What a node makes its own of: its first input, behind the quantisers that stand before it. An
   * operator on integers is given their scale and zero point, or the quantiser has made them.
   */
  static Tap readBy(NodeProto node, Values values) {
    return switch (node.getOpType()) {
      case "MatMulInteger" -> new Tap(dynamicQuantiser(node, values).orElseThrow().getOutputList());
      case "QGemm" -> quantised(node);
      default -> node.getOpType().startsWith("QLinear") ? quantised(node) : of(input(node));
    };
  }

  /** The node that quantises an integer product's data by their own range, if one does. */
  static Optional<NodeProto> dynamicQuantiser(NodeProto node, Values values) {
    return values
        .producer(input(node))
        .filter(producer -> producer.getOpType().equals("DynamicQuantizeLinear"))
        .filter(producer -> producer.getOutputCount() == 3);
  }

  private static Tap quantised(NodeProto node) {
    return new Tap(List.of(input(node), Values.input(node, 1), Values.input(node, 2)));
  }

  private static String input(NodeProto node) {
    return Values.input(node, 0);
  }

  boolean quantised() {
    return inputs.size() > 1;
  }

  String value() {
    return inputs.get(0);
  }
}

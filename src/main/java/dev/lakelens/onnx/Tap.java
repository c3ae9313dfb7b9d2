package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;

/**
 * A place in a graph where floats can be read.
 *
 * @param inputs the float value alone; or a quantised value, its scale, and its zero point
 */
record Tap(List<String> inputs) {
  static Tap of(String value) {
    return new Tap(List.of(value));
  }

  /** The float value that a quantiser and its inverse stand behind, or the value itself. */
  static Tap beforeQuantisers(String value, Values values) {
    String before = value;
    while (isQuantised(before, values)) {
      before = Values.input(quantiser(before, values), 0);
    }
    return of(before);
  }

  /** The data input of a node, whose operator may take quantised values. */
  static Tap dataOf(NodeProto node, Values values) {
    boolean quantised = node.getOpType().startsWith("QLinear") || node.getOpType().equals("QGemm");
    if (!quantised) {
      return beforeQuantisers(Values.input(node, 0), values);
    }
    return values
        .producer(Values.input(node, 0))
        .filter(producer -> producer.getOpType().equals("QuantizeLinear"))
        .map(producer -> of(Values.input(producer, 0)))
        .orElseGet(() -> new Tap(quantisedData(node)));
  }

  private static List<String> quantisedData(NodeProto node) {
    return List.of(Values.input(node, 0), Values.input(node, 1), Values.input(node, 2));
  }

  boolean quantised() {
    return inputs.size() > 1;
  }

  String value() {
    return inputs.get(0);
  }

  private static boolean isQuantised(String value, Values values) {
    return values
        .producer(value)
        .filter(node -> node.getOpType().equals("DequantizeLinear"))
        .flatMap(node -> values.producer(Values.input(node, 0)))
        .filter(node -> node.getOpType().equals("QuantizeLinear"))
        .isPresent();
  }

  private static NodeProto quantiser(String value, Values values) {
    String quantised = values.producer(value).orElseThrow().getInput(0);
    return values.producer(quantised).orElseThrow();
  }
}

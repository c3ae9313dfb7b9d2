package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.lakelens.model.Precision;
import java.util.stream.Stream;

/** What a graph's maker chose, and an adapter must know. */
record Traits(ImageInput input, Tail tail, Precision precision) {

  /**
   * Reads the traits of a checked graph.
   *
   * @throws dev.lakelens.model.ModelException where it is no image classifier
   */
  static Traits of(GraphProto graph) {
    return new Traits(ImageInput.of(graph), Tail.of(graph, new Values(graph)), precision(graph));
  }

  private static Precision precision(GraphProto graph) {
    if (graph.getNodeList().stream().anyMatch(Traits::isQuantised)) {
      return Precision.INT8;
    }
    return hasHalves(graph) ? Precision.FP16 : Precision.FP32;
  }

  private static boolean isQuantised(NodeProto node) {
    String operator = node.getOpType();
    return operator.equals("DequantizeLinear")
        || operator.equals("QGemm")
        || operator.equals("MatMulNBits")
        || operator.equals("ConvInteger")
        || operator.equals("MatMulInteger")
        || operator.startsWith("QLinear");
  }

  /** Whether a graph computes with 16-bit floats; its image input alone does not count. */
  static boolean hasHalves(GraphProto graph) {
    Stream<Integer> tensors = graph.getInitializerList().stream().map(TensorProto::getDataType);
    Stream<Integer> nodes = graph.getNodeList().stream().map(Traits::typeOf);
    return Stream.concat(tensors, nodes)
        .map(DataType::forNumber)
        .anyMatch(type -> type == DataType.FLOAT16 || type == DataType.BFLOAT16);
  }

  /** The type that a node casts to or holds, as a number; 0 for others. */
  private static int typeOf(NodeProto node) {
    return switch (node.getOpType()) {
      case "Cast" -> (int) Attributes.integer(node, "to", 0);
      case "Constant" ->
          Attributes.find(node, "value").map(value -> value.getT().getDataType()).orElse(0);
      default -> 0;
    };
  }
}

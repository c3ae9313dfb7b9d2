package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.lakelens.network.OnnxGraph;
import dev.lakelens.network.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Nodes in order; each that is added has one output, whose name it returns. */
final class Nodes {
  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<TensorProto> constants = new ArrayList<>();

  String add(String operator, String output, List<String> inputs, AttributeProto... attributes) {
    String name = output.startsWith(Names.OURS) ? output : Names.OURS + output;
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName(name);
    node.addAllInput(inputs).addAllAttribute(List.of(attributes)).addOutput(output);
    nodes.add(node.build());
    return output;
  }

  String cast(String input, String output, DataType type) {
    return add("Cast", output, List.of(input), OnnxGraph.attribute("to", type.getNumber()));
  }

  String constant(String name, float value) {
    constants.add(OnnxGraph.tensor(name, Tensor.scalar(value)));
    return name;
  }

  void addAll(List<NodeProto> more) {
    nodes.addAll(more);
  }

  List<NodeProto> nodes() {
    return nodes;
  }

  /** Initializers that the nodes read. */
  List<TensorProto> constants() {
    return constants;
  }
}

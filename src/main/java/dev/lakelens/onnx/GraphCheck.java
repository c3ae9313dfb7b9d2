package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lakelens.model.ModelException;
import java.util.List;
import java.util.Set;

/** Refuses graphs with custom operators, functions, or values that are not tensors. */
final class GraphCheck {
  private static final Set<String> STANDARD = Set.of("", "ai.onnx");

  /** Operators of ONNX Runtime that quantised and fused image models hold. */
  private static final Set<String> MICROSOFT =
      Set.of(
          "FusedConv",
          "FusedGemm",
          "QLinearAdd",
          "QLinearMul",
          "QLinearSigmoid",
          "QLinearLeakyRelu",
          "QLinearGlobalAveragePool",
          "QLinearAveragePool",
          "QLinearConcat",
          "QLinearSoftmax",
          "QGemm",
          "QuantizeLinear",
          "DequantizeLinear");

  private static final long MIN_OPSET = 7;
  private static final long MAX_OPSET = 22;

  private GraphCheck() {}

  static void check(ModelProto model) {
    if (model.getGraph().getNodeCount() == 0) {
      throw new ModelException("there is no graph in it");
    }
    if (model.getFunctionsCount() > 0) {
      throw new ModelException("it defines functions; export it with standard operators only");
    }
    model.getOpsetImportList().stream()
        .filter(opset -> STANDARD.contains(opset.getDomain()))
        .forEach(GraphCheck::checkOpset);
    check(model.getGraph());
  }

  private static void checkOpset(OperatorSetIdProto opset) {
    long version = opset.getVersion();
    if (version < MIN_OPSET || version > MAX_OPSET) {
      throw new ModelException(
          "opset %d is not among %d to %d; export it with one of these"
              .formatted(version, MIN_OPSET, MAX_OPSET));
    }
  }

  private static void check(GraphProto graph) {
    if (graph.getSparseInitializerCount() > 0) {
      throw new ModelException("it has sparse tensors; export it with dense ones");
    }
    for (List<ValueInfoProto> values :
        List.of(graph.getInputList(), graph.getOutputList(), graph.getValueInfoList())) {
      values.forEach(GraphCheck::check);
    }
    graph.getNodeList().forEach(GraphCheck::check);
  }

  private static void check(ValueInfoProto value) {
    TypeProto.ValueCase kind = value.getType().getValueCase();
    if (kind != TypeProto.ValueCase.TENSOR_TYPE && kind != TypeProto.ValueCase.VALUE_NOT_SET) {
      throw new ModelException("value %s is not a tensor".formatted(value.getName()));
    }
  }

  private static void check(NodeProto node) {
    String domain = node.getDomain();
    boolean known =
        STANDARD.contains(domain)
            || (domain.equals("com.microsoft") && MICROSOFT.contains(node.getOpType()));
    if (!known) {
      throw new ModelException(
          "node %s is of the custom operator %s of %s; export it with standard operators only"
              .formatted(node.getName(), node.getOpType(), domain));
    }
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        check(attribute.getG());
      }
      attribute.getGraphsList().forEach(GraphCheck::check);
    }
  }
}

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
          "FusedMatMul",
          "MatMulNBits",
          "QuickGelu",
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

  /** They run for as long, or make as much, as a value says; no image classifier needs them. */
  private static final Set<String> UNBOUNDED =
      Set.of(
          "Loop",
          "Scan",
          "OneHot",
          "EyeLike",
          "Einsum",
          "ConvTranspose",
          "MaxUnpool",
          "RandomNormal",
          "RandomUniform",
          "Multinomial",
          "CenterCropPad",
          "AffineGrid",
          "Col2Im",
          "RoiAlign",
          "MaxRoiPool",
          "ImageDecoder",
          "DFT",
          "STFT",
          "BlackmanWindow",
          "HammingWindow",
          "HannWindow",
          "MelWeightMatrix",
          "SplitToSequence",
          "SequenceEmpty",
          "SequenceConstruct",
          "SequenceInsert",
          "SequenceMap");

  private static final long MIN_OPSET = 7;
  private static final long MAX_OPSET = 26; // the last that ONNX Runtime 1.29 takes

  private GraphCheck() {}

  static void check(ModelProto model) {
    if (model.getGraph().getNodeCount() == 0) {
      throw new ModelException("there is no graph in it");
    }
    if (model.getFunctionsCount() > 0) {
      throw new ModelException("it defines functions; export it with standard operators only");
    }
    if (model.getTrainingInfoCount() > 0) {
      throw new ModelException("it holds a training graph; export it for inference");
    }
    checkOpset(standard(model));
    check(model.getGraph());
    OrderCheck.check(model.getGraph());
  }

  /** The one import of standard operators. */
  static OperatorSetIdProto standard(ModelProto model) {
    List<OperatorSetIdProto> opsets =
        model.getOpsetImportList().stream()
            .filter(opset -> STANDARD.contains(opset.getDomain()))
            .toList();
    if (opsets.size() != 1) {
      throw new ModelException(
          "it imports %d sets of standard operators, and must import one".formatted(opsets.size()));
    }
    return opsets.get(0);
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
    if (UNBOUNDED.contains(node.getOpType())) {
      throw new ModelException(
          "node %s is a %s, which no image classifier needs; export it without"
              .formatted(node.getName(), node.getOpType()));
    }
    for (AttributeProto attribute : node.getAttributeList()) {
      check(node, attribute);
      if (attribute.hasG()) {
        check(attribute.getG());
      }
      attribute.getGraphsList().forEach(GraphCheck::check);
    }
  }

  private static void check(NodeProto node, AttributeProto attribute) {
    if (attribute.hasSparseTensor() || attribute.getSparseTensorsCount() > 0) {
      throw new ModelException(
          "node %s has a sparse tensor; export it with dense ones".formatted(node.getName()));
    }
    if (attribute.hasTp() || attribute.getTypeProtosCount() > 0) {
      throw new ModelException(
          "node %s makes values that are not tensors".formatted(node.getName()));
    }
  }
}

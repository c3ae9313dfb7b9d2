package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/** Declared shapes of inputs and outputs. */
final class Shapes {
  private Shapes() {}

  /** Dimensions in order, 0 for each that is symbolic; empty where nothing is declared. */
  static List<Long> of(ValueInfoProto value) {
    return value.getType().getTensorType().getShape().getDimList().stream()
        .map(TensorShapeProto.Dimension::getDimValue)
        .toList();
  }
}

package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
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

  /** A float value. */
  static ValueInfoProto floats(String name, int fixedBatch, int... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    if (fixedBatch == 0) {
      shape.addDimBuilder().setDimParam("N");
    } else {
      shape.addDimBuilder().setDimValue(fixedBatch);
    }
    for (int dimension : dimensions) {
      shape.addDimBuilder().setDimValue(dimension);
    }
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setShape(shape);
    tensor.setElemType(TensorProto.DataType.FLOAT.getNumber());
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}

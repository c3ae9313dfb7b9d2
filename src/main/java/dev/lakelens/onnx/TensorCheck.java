package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.lakelens.model.ModelException;

/** Refuses tensors whose data are not of the size that their dimensions say, or not finite. */
final class TensorCheck {
  private TensorCheck() {}

  static void check(GraphProto graph) {
    graph.getInitializerList().forEach(TensorCheck::check);
    for (NodeProto node : graph.getNodeList()) {
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasT()) {
          check(attribute.getT());
        }
        attribute.getTensorsList().forEach(TensorCheck::check);
        if (attribute.hasG()) {
          check(attribute.getG());
        }
        attribute.getGraphsList().forEach(TensorCheck::check);
      }
    }
  }

  private static void check(TensorProto tensor) {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw new ModelException(
          "tensor %s of a node lies in another file; only initializers may"
              .formatted(tensor.getName()));
    }
    if (tensor.getStringDataCount() > 0 || tensor.hasSegment()) {
      throw new ModelException(
          "tensor %s holds texts or segments, which no image model needs"
              .formatted(tensor.getName()));
    }
    if (tensor.hasRawData() && values(tensor) > 0) {
      throw new ModelException("tensor %s holds its data twice".formatted(tensor.getName()));
    }
    long expected = byteSize(tensor);
    long actual = tensor.hasRawData() ? tensor.getRawData().size() : typed(tensor) * width(tensor);
    if (actual != expected) {
      throw new ModelException(
          "tensor %s has %d bytes, and its dimensions %s say %d"
              .formatted(tensor.getName(), actual, tensor.getDimsList(), expected));
    }
    FiniteCheck.check(tensor);
  }

  /** Bytes that the dimensions of a tensor ask for. */
  static long byteSize(TensorProto tensor) {
    long size = width(tensor);
    for (long dimension : tensor.getDimsList()) {
      if (dimension < 0 || (dimension > 0 && size > OnnxFile.MAX_BYTES / dimension)) {
        throw new ModelException(
            "tensor %s has the dimensions %s, more than %d bytes"
                .formatted(tensor.getName(), tensor.getDimsList(), OnnxFile.MAX_BYTES));
      }
      size *= dimension;
    }
    return size;
  }

  /** Values in the field that the type's data belong in. */
  private static long typed(TensorProto tensor) {
    DataType type = DataType.forNumber(tensor.getDataType());
    return switch (type == null ? DataType.UNDEFINED : type) {
      case FLOAT -> tensor.getFloatDataCount();
      case DOUBLE -> tensor.getDoubleDataCount();
      case INT64 -> tensor.getInt64DataCount();
      case UINT32, UINT64 -> tensor.getUint64DataCount();
      default -> tensor.getInt32DataCount();
    };
  }

  /** Values in all fields together. */
  private static long values(TensorProto tensor) {
    return (long) tensor.getFloatDataCount()
        + tensor.getInt32DataCount()
        + tensor.getInt64DataCount()
        + tensor.getDoubleDataCount()
        + tensor.getUint64DataCount();
  }

  private static int width(TensorProto tensor) {
    DataType type = DataType.forNumber(tensor.getDataType());
    return switch (type == null ? DataType.UNDEFINED : type) {
      case BOOL, INT8, UINT8 -> 1;
      case FLOAT16, BFLOAT16, INT16, UINT16 -> 2;
      case FLOAT, INT32, UINT32 -> 4;
      case DOUBLE, INT64, UINT64 -> 8;
      default ->
          throw new ModelException(
              "tensor %s is of type %d, which no image model needs"
                  .formatted(tensor.getName(), tensor.getDataType()));
    };
  }
}

package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Values of small constant tensors. */
final class Numbers {
  /** Tensors with more bytes are weights, and no shapes. */
  private static final int MAX_BYTES = 64 * Long.BYTES;

  private Numbers() {}

  /** What a node {@code Constant} makes of an attribute; nothing of texts. */
  static Optional<TensorProto> tensor(AttributeProto attribute) {
    return switch (attribute.getName()) {
      case "value" -> Optional.of(attribute.getT());
      case "value_int" -> Optional.of(of(DataType.INT64).addInt64Data(attribute.getI()).build());
      case "value_ints" ->
          Optional.of(
              of(DataType.INT64, attribute.getIntsCount())
                  .addAllInt64Data(attribute.getIntsList())
                  .build());
      case "value_float" -> Optional.of(of(DataType.FLOAT).addFloatData(attribute.getF()).build());
      case "value_floats" ->
          Optional.of(
              of(DataType.FLOAT, attribute.getFloatsCount())
                  .addAllFloatData(attribute.getFloatsList())
                  .build());
      default -> Optional.empty();
    };
  }

  private static TensorProto.Builder of(DataType type, long... dimensions) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type.getNumber());
    LongStream.of(dimensions).forEach(tensor::addDims);
    return tensor;
  }

  /** Whether a tensor may be a shape, a scale, or the like. */
  static boolean isSmall(TensorProto tensor) {
    return TensorCheck.byteSize(tensor) <= MAX_BYTES;
  }

  /** Values of a small tensor of 64-bit integers; nothing of another. */
  static List<Long> longs(TensorProto tensor) {
    if (tensor.getDataType() != DataType.INT64.getNumber() || !isSmall(tensor)) {
      return List.of();
    }
    LongBuffer raw = raw(tensor).asLongBuffer();
    return LongStream.concat(
            tensor.getInt64DataList().stream().mapToLong(Long::longValue),
            LongStream.range(0, raw.remaining()).map(i -> raw.get((int) i)))
        .boxed()
        .toList();
  }

  /** Values of a small tensor of 32-bit floats; nothing of another. */
  static List<Float> floats(TensorProto tensor) {
    if (tensor.getDataType() != DataType.FLOAT.getNumber() || !isSmall(tensor)) {
      return List.of();
    }
    FloatBuffer raw = raw(tensor).asFloatBuffer();
    return DoubleStream.concat(
            tensor.getFloatDataList().stream().mapToDouble(Float::doubleValue),
            LongStream.range(0, raw.remaining()).mapToDouble(i -> raw.get((int) i)))
        .mapToObj(value -> (float) value)
        .toList();
  }

  private static ByteBuffer raw(TensorProto tensor) {
    return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}

package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.lakelens.model.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Refuses weights that make every result useless. */
final class FiniteCheck {
  private FiniteCheck() {}

  /**
   * Reads a tensor in place. A NaN is a fault anywhere; infinity is none in a single value, which
   * may be the bound of a Clip or the fill of a Pad.
   */
  static void check(TensorProto tensor) {
    long count = values(tensor).filter(v -> !Double.isFinite(v)).count();
    boolean bound =
        count > 0
            && values(tensor).limit(2).count() == 1
            && values(tensor).noneMatch(Double::isNaN);
    if (count > 0 && !bound) {
      throw new ModelException(
          "%d of the values of tensor %s are NaN or infinite: the model is broken; export it from sound weights"
              .formatted(count, tensor.getName()));
    }
  }

  /** Values of a tensor of floats; none of another type. */
  private static DoubleStream values(TensorProto tensor) {
    DataType type = DataType.forNumber(tensor.getDataType());
    ByteBuffer raw =
        tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN); // no copy
    return switch (type == null ? DataType.UNDEFINED : type) {
      case FLOAT ->
          DoubleStream.concat(
              IntStream.range(0, raw.remaining() / Float.BYTES)
                  .mapToDouble(i -> raw.getFloat(i * Float.BYTES)),
              IntStream.range(0, tensor.getFloatDataCount()).mapToDouble(tensor::getFloatData));
      case DOUBLE ->
          DoubleStream.concat(
              IntStream.range(0, raw.remaining() / Double.BYTES)
                  .mapToDouble(i -> raw.getDouble(i * Double.BYTES)),
              IntStream.range(0, tensor.getDoubleDataCount()).mapToDouble(tensor::getDoubleData));
      case FLOAT16 -> halves(tensor, raw).mapToDouble(FiniteCheck::half);
      case BFLOAT16 -> halves(tensor, raw).mapToDouble(bits -> Float.intBitsToFloat(bits << 16));
      default -> DoubleStream.empty();
    };
  }

  private static IntStream halves(TensorProto tensor, ByteBuffer raw) {
    return IntStream.concat(
        IntStream.range(0, raw.remaining() / Short.BYTES).map(i -> raw.getShort(i * Short.BYTES)),
        IntStream.range(0, tensor.getInt32DataCount()).map(tensor::getInt32Data));
  }

  /** A 16-bit float where it is not finite, and 0 where it is. */
  private static float half(int bits) {
    boolean finite = (bits & 0x7c00) != 0x7c00;
    return finite ? 0 : Float.intBitsToFloat(0x7f800000 | (bits & 0x3ff));
  }
}

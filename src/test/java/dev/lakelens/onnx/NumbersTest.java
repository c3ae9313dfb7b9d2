package dev.lakelens.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void readsIntegersInEitherForm() {
    ByteBuffer raw = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(-1).putLong(7);
    TensorProto tensor =
        longs(2).clearInt64Data().setRawData(ByteString.copyFrom(raw.flip())).build();

    assertThat(Numbers.longs(tensor)).containsExactly(-1L, 7L);
    assertThat(Numbers.longs(longs(3).build())).containsExactly(0L, 1L, 2L);
  }

  @Test
  void readsNoTensorOfWeights() {
    assertThat(Numbers.longs(longs(64).build())).hasSize(64);
    assertThat(Numbers.longs(longs(65).build())).isEmpty();
  }

  private static TensorProto.Builder longs(int count) {
    return TensorProto.newBuilder()
        .setDataType(DataType.INT64.getNumber())
        .addDims(count)
        .addAllInt64Data(LongStream.range(0, count).boxed().toList());
  }
}

package dev.lakelens.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxGraphTest {
  @Test
  void hasTheVersionsThatItsOperatorsNeed() throws InvalidProtocolBufferException {
    ModelProto standard = ModelProto.parseFrom(new OnnxGraph("g").toBytes());
    ModelProto blocks = ModelProto.parseFrom(OnnxGraph.withBlocks("g").under("p/").toBytes());

    assertThat(standard.getIrVersion()).isEqualTo(8);
    assertThat(standard.getOpsetImport(0).getVersion()).isEqualTo(17);
    assertThat(blocks.getIrVersion()).isEqualTo(10);
    assertThat(blocks.getOpsetImport(0).getVersion()).isEqualTo(21);
    assertThat(standard.getProducerName()).isEqualTo("Lakelens");
  }

  @Test
  void holdsConstantsOfEveryType() throws InvalidProtocolBufferException {
    OnnxGraph graph = new OnnxGraph("g").under("p/");
    assertThat(graph.int8("a", List.of(1, 2), (byte) -1, (byte) 2)).isEqualTo("p/a");
    graph.uint8("b", List.of(1), (byte) 255);
    graph.int32("c", 258);
    graph.int64("d", -2);
    List<TensorProto> constants =
        ModelProto.parseFrom(graph.toBytes()).getGraph().getInitializerList();

    assertThat(constants)
        .extracting(TensorProto::getName)
        .containsExactly("p/a", "p/b", "p/c", "p/d");
    assertThat(constants)
        .extracting(TensorProto::getDataType)
        .containsExactly(
            DataType.INT8.getNumber(),
            DataType.UINT8.getNumber(),
            DataType.INT32.getNumber(),
            DataType.INT64.getNumber());
    assertThat(constants.get(0).getDimsList()).containsExactly(1L, 2L);
    assertThat(constants.get(2).getRawData().toByteArray()).containsExactly(2, 1, 0, 0);
    assertThat(constants.get(3).getRawData().toByteArray())
        .containsExactly(-2, -1, -1, -1, -1, -1, -1, -1);
  }

  @Test
  void fixesABatchOrNamesIt() {
    assertThat(OnnxGraph.floats("x", 4, 3).getType().getTensorType().getShape().getDim(0))
        .satisfies(batch -> assertThat(batch.getDimValue()).isEqualTo(4));
    assertThat(OnnxGraph.floats("x", 0, 3).getType().getTensorType().getShape().getDim(0))
        .satisfies(batch -> assertThat(batch.getDimParam()).isEqualTo("N"));
    assertThat(OnnxGraph.byteAttribute("zero", 200).getT().getDimsList()).containsExactly(1L);
  }
}

package dev.lakelens.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.lakelens.model.Digest;
import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxFileTest {
  @TempDir Path folder;

  @Test
  void bringsExternalDataIntoTheModel() throws IOException {
    Files.write(folder.resolve("w.data"), new byte[] {9, 1, 2, 3, 4});
    ModelProto model = OnnxFile.read(write(external("w.data", "1")), true).model();
    assertThat(model.getGraph().getInitializer(0).getRawData().toByteArray())
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void rejectsExternalDataNotAskedFor() throws IOException {
    Path file = write(external("w.data", "0"));
    assertThatThrownBy(() -> OnnxFile.read(file, false))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("--external-data allows");
  }

  @Test
  void rejectsLocationsOutsideTheFolderAndLinks() throws IOException {
    Files.write(folder.resolve("w.data"), new byte[4]);
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("w.data"));
    String absolute = folder.resolve("w.data").toString();
    for (String location : new String[] {"../w.data", "..", absolute, "link", "", "absent"}) {
      Path file = write(external(location, "0"));
      assertThatThrownBy(() -> OnnxFile.read(file, true))
          .as(location)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("no plain file of that name in the model's own folder");
    }
  }

  @Test
  void rejectsExternalDataBeyondTheFile() throws IOException {
    Files.write(folder.resolve("w.data"), new byte[4]);
    Path file = write(external("w.data", "1"));
    assertThatThrownBy(() -> OnnxFile.read(file, true)).hasMessageContaining("ends before");
  }

  /** The tensor alone may have so many bytes. */
  @Test
  void countsTheFileAndItsExternalDataTogether() throws IOException {
    ModelProto.Builder model = external("absent", "0");
    tensor(model).setDims(0, OnnxFile.MAX_BYTES / Float.BYTES);
    Path file = write(model);
    assertThatThrownBy(() -> OnnxFile.read(file, true))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("it and its tensors have more than 1073741824 bytes");
  }

  @Test
  void digestsExternalDataThatAreEmpty() throws IOException {
    Files.write(folder.resolve("w.data"), new byte[0]);
    ModelProto.Builder model = external("w.data", "0");
    tensor(model).setDims(0, 0);
    OnnxFile read = OnnxFile.read(write(model), true);
    assertThat(read.digest())
        .isEqualTo(new Digest().add(read.sha256()).add(new Digest().hex()).hex());
  }

  @Test
  void hasTheFilesOwnDigestWithoutExternalData() throws IOException {
    ModelProto.Builder model = external("", "0");
    tensor(model).clearDataLocation().clearExternalData();
    tensor(model).setRawData(ByteString.copyFrom(new byte[4]));
    OnnxFile read = OnnxFile.read(write(model), true);
    assertThat(read.digest()).isEqualTo(read.sha256());
  }

  @Test
  void rejectsCustomOperators() throws IOException {
    ModelProto.Builder model = external("w.data", "0");
    model.getGraphBuilder().getNodeBuilder(0).setDomain("evil");
    Path file = write(model);
    assertThatThrownBy(() -> OnnxFile.read(file, true)).hasMessageContaining("custom operator");
  }

  @Test
  void rejectsOversizedTensors() throws IOException {
    ModelProto.Builder model = external("w.data", "0");
    model.getGraphBuilder().getInitializerBuilder(0).addDims(Long.MAX_VALUE);
    Path file = write(model);
    assertThatThrownBy(() -> OnnxFile.read(file, true)).hasMessageContaining("dimensions");
  }

  @Test
  void rejectsWhatNoImageModelNeeds() throws IOException {
    Map<String, Consumer<ModelProto.Builder>> faults = new LinkedHashMap<>();
    faults.put("has a sparse tensor", m -> attribute(m).getSparseTensorBuilder());
    faults.put("values that are not tensors", m -> attribute(m).getTpBuilder());
    faults.put("training graph", ModelProto.Builder::addTrainingInfoBuilder);
    faults.put("defines functions", ModelProto.Builder::addFunctionsBuilder);
    faults.put("imports 0 sets of standard", ModelProto.Builder::clearOpsetImport);
    faults.put("imports 2 sets of standard", m -> m.addOpsetImportBuilder().setVersion(13));
    faults.put("opset 27", m -> m.getOpsetImportBuilder(0).setVersion(27));
    faults.put("holds its data twice", m -> tensor(m).addFloatData(1));
    faults.put("holds texts", m -> tensor(m).addStringData(ByteString.EMPTY));
    faults.put("has 0 bytes", m -> tensor(m).clearRawData().addInt32Data(1));
    faults.put("is a Loop", m -> node(m).setOpType("Loop"));
    faults.put("read before it is made", m -> node(m).setInput(0, "y"));
    faults.put("made twice", m -> node(m).addOutput("w"));
    for (Map.Entry<String, Consumer<ModelProto.Builder>> fault : faults.entrySet()) {
      ModelProto.Builder model = external("w.data", "0");
      ByteString data = ByteString.copyFrom(new byte[4]);
      tensor(model).clearDataLocation().clearExternalData().setRawData(data);
      assertThat(OnnxFile.read(write(model), false).opset()).isEqualTo(17);
      fault.getValue().accept(model);
      Path file = write(model);
      assertThatThrownBy(() -> OnnxFile.read(file, true))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(fault.getKey());
    }
  }

  @Test
  void leavesOutFieldsThatItDoesNotKnow() throws IOException {
    ModelProto.Builder model = external("w.data", "0");
    Files.write(folder.resolve("w.data"), new byte[4]);
    UnknownFieldSet.Field field = UnknownFieldSet.Field.newBuilder().addVarint(1).build();
    model
        .getGraphBuilder()
        .setUnknownFields(UnknownFieldSet.newBuilder().addField(999, field).build());
    ModelProto read = OnnxFile.read(write(model), true).model();
    assertThat(read.getGraph().getUnknownFields().asMap()).isEmpty();
  }

  @Test
  void digestsTheFileAndItsExternalData() throws IOException {
    Path file = write(external("w.data", "0"));
    Files.write(folder.resolve("w.data"), new byte[] {1, 2, 3, 4});
    OnnxFile read = OnnxFile.read(file, true);
    String sha256 = new Digest().add(ByteBuffer.wrap(Files.readAllBytes(file))).hex();
    String tensors = new Digest().add(ByteBuffer.wrap(new byte[] {1, 2, 3, 4})).hex();
    assertThat(read.sha256()).isEqualTo(sha256);
    assertThat(read.digest()).isEqualTo(new Digest().add(sha256).add(tensors).hex());
  }

  /** The type, a value that is not finite or is, in the type's own bytes. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT, 4, 7fc00000, 7f800000, 7f7fffff",
    "FLOAT16, 2, 7e00, fc00, fbff",
    "BFLOAT16, 2, 7fc0, ff80, ff7f",
    "DOUBLE, 8, 7ff8000000000000, fff0000000000000, ffefffffffffffff"
  })
  void rejectsWeightsThatAreNotFinite(
      TensorProto.DataType type, int width, String nan, String infinity, String most)
      throws IOException {
    OnnxFile.read(write(values(type, width, "0", most)), false);
    OnnxFile.read(write(values(type, width, infinity)), false); // a bound
    for (ModelProto.Builder broken :
        List.of(
            values(type, width, nan),
            values(type, width, "0", nan),
            values(type, width, infinity, "0"))) {
      Path file = write(broken);
      assertThatThrownBy(() -> OnnxFile.read(file, false))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("m.onnx: 1 of the values of tensor w are NaN or infinite");
    }
  }

  @Test
  void rejectsWeightsThatAreNotFiniteInOtherFieldsAndFiles() throws IOException {
    ModelProto.Builder typed = values(TensorProto.DataType.FLOAT, 4, "0", "0");
    tensor(typed).clearRawData().addFloatData(0).addFloatData(Float.NaN);
    ModelProto.Builder half = values(TensorProto.DataType.FLOAT16, 2, "0", "0");
    tensor(half).clearRawData().addInt32Data(0x7e00).addInt32Data(0);
    ModelProto.Builder node = values(TensorProto.DataType.FLOAT, 4, "0");
    node(node).addAttributeBuilder().setName("value").setT(tensor(typed));
    Files.write(folder.resolve("w.data"), new byte[] {0, 0, -64, 127});
    for (ModelProto.Builder broken : List.of(typed, half, node, external("w.data", "0"))) {
      Path file = write(broken);
      assertThatThrownBy(() -> OnnxFile.read(file, true)).hasMessageContaining("NaN or infinite");
    }
  }

  /**
   * @param width bytes of a value
   * @param numbers bits in hex
   */
  private static ModelProto.Builder values(
      TensorProto.DataType type, int width, String... numbers) {
    ByteBuffer data = ByteBuffer.allocate(width * numbers.length + 8);
    data.order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < numbers.length; i++) {
      data.putLong(i * width, Long.parseUnsignedLong(numbers[i], 16));
    }
    ModelProto.Builder model = external("", "0");
    tensor(model).clearDataLocation().clearExternalData().setDims(0, numbers.length);
    tensor(model).setDataType(type.getNumber());
    tensor(model).setRawData(ByteString.copyFrom(data.limit(width * numbers.length)));
    return model;
  }

  private static NodeProto.Builder node(ModelProto.Builder model) {
    return model.getGraphBuilder().getNodeBuilder(0);
  }

  private static AttributeProto.Builder attribute(ModelProto.Builder model) {
    return node(model).addAttributeBuilder();
  }

  private static TensorProto.Builder tensor(ModelProto.Builder model) {
    return model.getGraphBuilder().getInitializerBuilder(0);
  }

  @Test
  void rejectsTruncatedFile() throws IOException {
    byte[] bytes = external("w.data", "0").build().toByteArray();
    Path file = Files.write(folder.resolve("m.onnx"), Arrays.copyOf(bytes, bytes.length - 3));
    assertThatThrownBy(() -> OnnxFile.read(file, true))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("m.onnx: it is no whole ONNX file");
  }

  private Path write(ModelProto.Builder model) throws IOException {
    return Files.write(folder.resolve("m.onnx"), model.build().toByteArray());
  }

  private static ModelProto.Builder external(String location, String offset) {
    ModelProto.Builder model = ModelProto.newBuilder();
    model.addOpsetImportBuilder().setVersion(17);
    model.getGraphBuilder().addNodeBuilder().setOpType("Identity").addInput("w").addOutput("y");
    TensorProto.Builder tensor = model.getGraphBuilder().addInitializerBuilder();
    tensor.setName("w").addDims(1).setDataType(TensorProto.DataType.FLOAT.getNumber());
    tensor.setDataLocation(TensorProto.DataLocation.EXTERNAL);
    tensor.addExternalDataBuilder().setKey("location").setValue(location);
    tensor.addExternalDataBuilder().setKey("offset").setValue(offset);
    return model;
  }
}

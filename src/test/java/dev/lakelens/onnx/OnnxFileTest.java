package dev.lakelens.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        .hasMessageContaining("not asked for");
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
          .hasMessageContaining("not a plain file in the model's own folder");
    }
  }

  @Test
  void rejectsExternalDataBeyondTheFile() throws IOException {
    Files.write(folder.resolve("w.data"), new byte[4]);
    Path file = write(external("w.data", "1"));
    assertThatThrownBy(() -> OnnxFile.read(file, true)).hasMessageContaining("ends before");
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
  void rejectsTruncatedFile() throws IOException {
    byte[] bytes = external("w.data", "0").build().toByteArray();
    Path file = Files.write(folder.resolve("m.onnx"), Arrays.copyOf(bytes, bytes.length - 3));
    assertThatThrownBy(() -> OnnxFile.read(file, true))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("m.onnx is not a whole ONNX file");
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

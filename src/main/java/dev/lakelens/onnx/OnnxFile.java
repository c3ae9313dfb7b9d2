package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads ONNX files of any maker. */
public final class OnnxFile {
  /** More than the largest EfficientNet holds, and less than a protobuf message can. */
  static final long MAX_BYTES = 1L << 30;

  private OnnxFile() {}

  /**
   * Reads and checks a file; the result holds all its tensors, and refers to no other file.
   *
   * @param externalData whether tensors may lie in other files of the same folder
   * @throws ModelException if the file is damaged, or asks for what a model has no need of
   */
  public static ModelProto read(Path file, boolean externalData) {
    try {
      ModelProto model = ModelProto.parseFrom(bytes(file));
      GraphCheck.check(model);
      Path folder = file.toAbsolutePath().getParent();
      ModelProto whole = new ExternalData(folder, externalData).inline(model);
      TensorCheck.check(whole.getGraph());
      return whole;
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(file + " is not a whole ONNX file: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new ModelException(file + " cannot be read: " + e.getMessage(), e);
    } catch (ModelException e) {
      throw new ModelException(file + ": " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_BYTES) {
      throw new ModelException(
          "it has %d bytes, more than the %d that are read".formatted(size, MAX_BYTES));
    }
    return Files.readAllBytes(file);
  }
}

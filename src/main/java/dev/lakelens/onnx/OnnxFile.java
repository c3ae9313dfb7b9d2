package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import dev.lakelens.model.Digest;
import dev.lakelens.model.FileFault;
import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An ONNX file of any maker.
 *
 * @param model its checked content, which holds all its tensors and refers to no other file
 * @param sha256 of the file, in hex
 * @param digest {@code sha256}; or, where tensors lie in other files, the digest of it and of each
 *     such tensor in the order of the graph
 */
record OnnxFile(ModelProto model, String sha256, String digest) {
  /** More than the largest EfficientNet holds, and less than a protobuf message can. */
  static final long MAX_BYTES = 1L << 30;

  /** What the checks do not know does not go on to a runtime that may. */
  private static final Parser<ModelProto> PARSER =
      DiscardUnknownFieldsParser.wrap(ModelProto.parser());

  /**
   * Reads and checks a file.
   *
   * @param externalData whether tensors may lie in other files of the same folder
   * @throws ModelException if the file is damaged, or asks for what a model has no need of
   */
  static OnnxFile read(Path file, boolean externalData) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      return parse(bytes(file), new ExternalData(folder, externalData));
    } catch (IOException e) {
      throw new ModelException("%s cannot be read: %s".formatted(file, FileFault.of(e)), e);
    } catch (ModelException e) {
      throw new ModelException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Checks a file that holds all its tensors.
   *
   * @param name for messages
   * @throws ModelException as {@link #read}
   */
  static OnnxFile of(byte[] bytes, String name) {
    try {
      return parse(bytes, new ExternalData(Path.of(""), false));
    } catch (IOException e) {
      throw new UncheckedIOException("%s has no other files".formatted(name), e);
    } catch (ModelException e) {
      throw new ModelException(name + ": " + e.getMessage(), e);
    }
  }

  private static OnnxFile parse(byte[] bytes, ExternalData external) throws IOException {
    try {
      ModelProto model = ordered(PARSER.parseFrom(bytes));
      GraphCheck.check(model);
      String sha256 = new Digest().add(ByteBuffer.wrap(bytes)).hex();
      ModelProto whole = external.inline(model, bytes.length);
      TensorCheck.check(whole.getGraph());
      AllocationCheck.check(whole.getGraph());
      return new OnnxFile(whole, sha256, external.digest(sha256));
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(
          "it is no whole ONNX file, but damaged, or its download or export broke off", e);
    }
  }

  /** Version of the standard operators. */
  long opset() {
    return GraphCheck.standard(model).getVersion();
  }

  private static ModelProto ordered(ModelProto model) {
    return model.toBuilder().setGraph(NodeOrder.sort(model.getGraph())).build();
  }

  private static byte[] bytes(Path file) throws IOException {
    long size = Files.size(file);
    if (size == 0) {
      throw new ModelException("it is empty");
    }
    if (size > MAX_BYTES) {
      throw new ModelException(
          "it has %d bytes, more than the %d that are read".formatted(size, MAX_BYTES));
    }
    return Files.readAllBytes(file);
  }
}

package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.UnsafeByteOperations;
import dev.lakelens.model.Digest;
import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings tensors from files beside a model into the model. */
final class ExternalData {
  private final Path folder;
  private final boolean allowed;
  private final Digest digest = new Digest(); // of the tensors' bytes
  private boolean any;
  private long total; // bytes of the model and of the tensors that were brought into it

  ExternalData(Path folder, boolean allowed) {
    this.folder = folder;
    this.allowed = allowed;
  }

  /** The digest of a file, or of it and of all tensors that were brought into it. */
  String digest(String sha256) {
    return any ? new Digest().add(sha256).add(digest.hex()).hex() : sha256;
  }

  /**
   * @param size of the model's own file, in bytes
   */
  ModelProto inline(ModelProto model, long size) throws IOException {
    total = size;
    GraphProto.Builder graph = model.getGraph().toBuilder();
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      TensorProto tensor = graph.getInitializer(i);
      if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
        graph.setInitializer(i, inline(tensor));
      }
    }
    return model.toBuilder().setGraph(graph).build();
  }

  private TensorProto inline(TensorProto tensor) throws IOException {
    if (!allowed) {
      throw new ModelException(
          "tensor %s lies in another file; --external-data allows those of the model's own folder"
              .formatted(tensor.getName()));
    }
    Map<String, String> entries =
        tensor.getExternalDataList().stream()
            .collect(
                Collectors.toMap(
                    StringStringEntryProto::getKey,
                    StringStringEntryProto::getValue,
                    (first, second) -> second));
    long length = TensorCheck.byteSize(tensor);
    total += length;
    if (total > OnnxFile.MAX_BYTES) {
      throw new ModelException(
          "it and its tensors have more than %d bytes".formatted(OnnxFile.MAX_BYTES));
    }
    long offset = number(tensor, entries.getOrDefault("offset", "0"));
    if (number(tensor, entries.getOrDefault("length", Long.toString(length))) != length) {
      throw new ModelException(
          "tensor %s needs %d bytes, and its external data have another length"
              .formatted(tensor.getName(), length));
    }
    ByteBuffer data = read(place(tensor, entries.getOrDefault("location", "")), offset, length);
    digest.add(data);
    any = true;
    return tensor.toBuilder()
        .clearDataLocation()
        .clearExternalData()
        .setRawData(UnsafeByteOperations.unsafeWrap(data))
        .build();
  }

  private Path place(TensorProto tensor, String location) {
    try {
      Path path = Path.of(location);
      boolean plain = path.getNameCount() == 1 && !path.isAbsolute() && !location.equals("..");
      if (plain && Files.isRegularFile(folder.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
        return folder.resolve(path);
      }
    } catch (InvalidPathException e) {
      throw new ModelException(
          "tensor %s has a location that is no file name".formatted(tensor.getName()), e);
    }
    throw new ModelException(
        "tensor %s lies in \"%s\", and there is no plain file of that name in the model's own folder"
            .formatted(tensor.getName(), location));
  }

  private static ByteBuffer read(Path file, long offset, long length) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      if (offset > channel.size() - length) {
        throw new ModelException("%s ends before byte %d + %d".formatted(file, offset, length));
      }
      ByteBuffer data = ByteBuffer.allocate(Math.toIntExact(length));
      channel.position(offset);
      while (data.hasRemaining() && channel.read(data) >= 0) {}
      if (data.hasRemaining()) {
        throw new ModelException("%s became shorter while it was read".formatted(file));
      }
      return data.flip();
    }
  }

  private static long number(TensorProto tensor, String text) {
    try {
      long number = Long.parseLong(text);
      if (number < 0) {
        throw new NumberFormatException("negative");
      }
      return number;
    } catch (NumberFormatException e) {
      throw new ModelException(
          "tensor %s has \"%s\" for an offset or a length".formatted(tensor.getName(), text), e);
    }
  }
}

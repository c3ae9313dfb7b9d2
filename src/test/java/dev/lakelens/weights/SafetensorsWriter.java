package dev.lakelens.weights;

import dev.lakelens.network.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** Writes a safetensors file; what is no float becomes a 64-bit 0. */
public final class SafetensorsWriter {
  private final StringJoiner header = new StringJoiner(",", "{", "}");
  private final List<ByteBuffer> data = new ArrayList<>();
  private long end;

  private SafetensorsWriter(WeightFile weights) {
    weights.tensors().forEach((name, tensor) -> add(name, "F32", tensor.shape(), tensor.data()));
    weights.others().forEach(name -> add(name, "I64", List.of(), ByteBuffer.allocate(Long.BYTES)));
  }

  public static Path write(Path file, Map<String, Tensor> tensors) throws IOException {
    return write(file, new WeightFile(file.toString(), tensors, Set.of()));
  }

  public static Path write(Path file, WeightFile weights) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter(weights);
    byte[] json = writer.header.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = Files.newOutputStream(file);
        WritableByteChannel channel = Channels.newChannel(out)) {
      channel.write(length.putLong(0, json.length));
      channel.write(ByteBuffer.wrap(json));
      for (ByteBuffer bytes : writer.data) {
        channel.write(bytes);
      }
    }
    return file;
  }

  private void add(String name, String type, List<Integer> shape, ByteBuffer bytes) {
    long begin = end;
    end += bytes.remaining();
    data.add(bytes);
    header.add(
        "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
            .formatted(name, type, shape, begin, end));
  }
}

package dev.lakelens.models;

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
import java.util.Map;
import java.util.StringJoiner;

/** Writes 32-bit floats as a safetensors file. */
public final class SafetensorsWriter {
  private SafetensorsWriter() {}

  public static Path write(Path file, Map<String, Tensor> tensors) throws IOException {
    StringJoiner header = new StringJoiner(",", "{", "}");
    long end = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      long begin = end;
      end += entry.getValue().data().remaining();
      header.add(
          "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(entry.getKey(), entry.getValue().shape(), begin, end));
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(file);
        WritableByteChannel channel = Channels.newChannel(out)) {
      ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      channel.write(length.putLong(0, json.length));
      channel.write(ByteBuffer.wrap(json));
      for (Tensor tensor : tensors.values()) {
        channel.write(tensor.data());
      }
    }
    return file;
  }
}

package dev.lakelens.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The reference outputs of {@code network/reference.safetensors}. */
final class Reference {
  private final byte[] file;
  private final int start;
  private final JsonNode header;

  Reference() throws IOException {
    try (InputStream in = Reference.class.getResourceAsStream("/network/reference.safetensors")) {
      file = in.readAllBytes();
    }
    start = Long.BYTES + (int) bytes(0, Long.BYTES).getLong();
    header = new ObjectMapper().readTree(Arrays.copyOfRange(file, Long.BYTES, start));
  }

  float[] floats(String key) {
    ByteBuffer data = data(key);
    float[] floats = new float[data.remaining() / Float.BYTES];
    data.asFloatBuffer().get(floats);
    return floats;
  }

  long number(String key) {
    return data(key).getLong();
  }

  private ByteBuffer data(String key) {
    JsonNode offsets = header.required(key).required("data_offsets");
    int begin = offsets.get(0).intValue();
    return bytes(start + begin, offsets.get(1).intValue() - begin);
  }

  private ByteBuffer bytes(int begin, int length) {
    return ByteBuffer.wrap(file, begin, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}

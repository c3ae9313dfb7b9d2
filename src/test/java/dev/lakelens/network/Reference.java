package dev.lakelens.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The reference outputs of {@code network/reference.safetensors}. */
public final class Reference {
  private final byte[] file;
  private final int start;
  private final JsonNode header;

  private Reference(byte[] file) throws IOException {
    this.file = file;
    start = Long.BYTES + (int) bytes(0, Long.BYTES).getLong();
    header = new ObjectMapper().readTree(Arrays.copyOfRange(file, Long.BYTES, start));
  }

  public static Reference load() throws IOException {
    try (InputStream in = Reference.class.getResourceAsStream("/network/reference.safetensors")) {
      return new Reference(in.readAllBytes());
    }
  }

  /** Every {@code variant/family}; its keys have {@code /logits} and so on behind it. */
  Stream<String> networks() {
    return StreamSupport.stream(((Iterable<String>) header::fieldNames).spliterator(), false)
        .filter(key -> key.endsWith("/logits"))
        .map(key -> key.substring(0, key.lastIndexOf('/')))
        .sorted();
  }

  /** The values of a tensor. */
  public float[] floats(String key) {
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

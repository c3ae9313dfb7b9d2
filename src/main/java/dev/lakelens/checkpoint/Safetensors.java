package dev.lakelens.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads safetensors files: the length of the header as a little-endian 64-bit number, the header in
 * JSON, and the tensors' data, which fill the rest of the file without holes or overlaps.
 */
final class Safetensors {
  private static final long MAX_HEADER = 100_000_000; // the limit of the reference implementation

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String source;

  /** A tensor's place in the data, in bytes, {@code end} excluded. */
  private record Entry(String name, List<Integer> shape, long begin, long end) {}

  private Safetensors(String source) {
    this.source = source;
  }

  /**
   * @param file all its bytes, from position to limit; the tensors are views of them
   * @param source name of the file, for messages
   * @throws ModelException where the file is damaged, lies about itself, or has other than 32-bit
   *     floats
   */
  static Tensors read(ByteBuffer file, String source) {
    return new Safetensors(source).tensors(file.slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  private Tensors tensors(ByteBuffer file) {
    int headerLength = headerLength(file);
    JsonNode header = header(file.slice(Long.BYTES, headerLength));
    int start = Long.BYTES + headerLength;
    ByteBuffer data = file.slice(start, file.limit() - start);
    List<Entry> entries = entries(header);
    requireTiling(entries, data.limit());
    Map<String, Tensor> tensors = new HashMap<>();
    for (Entry entry : entries) {
      ByteBuffer bytes = data.slice((int) entry.begin(), (int) (entry.end() - entry.begin()));
      tensors.put(entry.name(), new Tensor(entry.shape(), bytes));
    }
    return new Tensors(tensors);
  }

  private int headerLength(ByteBuffer file) {
    require(file.limit() >= Long.BYTES, "it has only %d bytes".formatted(file.limit()));
    long length = file.getLong(0);
    int rest = file.limit() - Long.BYTES;
    require(
        length >= 2 && length <= Math.min(rest, MAX_HEADER),
        "its header would have %s bytes, and %d bytes follow"
            .formatted(Long.toUnsignedString(length), rest));
    return (int) length;
  }

  private JsonNode header(ByteBuffer bytes) {
    try {
      JsonNode header = JSON.readTree(StandardCharsets.UTF_8.decode(bytes).toString());
      require(header.isObject(), "its header is not a JSON object");
      return header;
    } catch (JsonProcessingException e) {
      throw new ModelException(sentence("its header is not JSON: " + e.getOriginalMessage()), e);
    }
  }

  private List<Entry> entries(JsonNode header) {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (!field.getKey().equals("__metadata__")) {
        entries.add(entry(field.getKey(), field.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    return entries;
  }

  private Entry entry(String name, JsonNode value) {
    String dtype = value.path("dtype").asText();
    require(dtype.equals("F32"), "%s has dtype %s, and only F32 is read".formatted(name, dtype));
    List<Integer> shape = shape(name, value.path("shape"));
    JsonNode offsets = value.path("data_offsets");
    require(
        offsets.size() == 2
            && offsets.path(0).isIntegralNumber()
            && offsets.path(1).isIntegralNumber(),
        "%s has no data_offsets".formatted(name));
    require(
        offsets.path(0).canConvertToLong() && offsets.path(1).canConvertToLong(),
        "%s lies at %s, outside the file".formatted(name, offsets));
    Entry entry = new Entry(name, shape, offsets.path(0).longValue(), offsets.path(1).longValue());
    requireLength(entry);
    return entry;
  }

  private List<Integer> shape(String name, JsonNode value) {
    require(value.isArray(), "%s has no shape".formatted(name));
    List<Integer> shape = new ArrayList<>();
    for (JsonNode dimension : value) {
      require(
          dimension.isIntegralNumber() && dimension.canConvertToInt() && dimension.intValue() >= 0,
          "%s has the shape %s".formatted(name, value));
      shape.add(dimension.intValue());
    }
    return shape;
  }

  private void requireLength(Entry entry) {
    long length;
    try {
      length = Math.multiplyExact(Float.BYTES, Tensor.elements(entry.shape()));
    } catch (ArithmeticException e) {
      throw new ModelException(
          sentence("%s has the impossible shape %s".formatted(entry.name(), entry.shape())), e);
    }
    require(
        entry.begin() >= 0 && entry.end() >= entry.begin() && entry.end() - entry.begin() == length,
        "%s has the shape %s and the data_offsets [%d, %d]"
            .formatted(entry.name(), entry.shape(), entry.begin(), entry.end()));
  }

  /** Data that overlap, leave holes or end elsewhere than the file are a lie or a damage. */
  private void requireTiling(List<Entry> entries, long length) {
    long end = 0;
    for (Entry entry : entries) {
      require(
          entry.begin() == end,
          "%s begins at byte %d of the data, and the tensor before it ends at %d"
              .formatted(entry.name(), entry.begin(), end));
      end = entry.end();
    }
    require(end == length, "its tensors end at byte %d of %d bytes of data".formatted(end, length));
  }

  private void require(boolean rule, String fault) {
    if (!rule) {
      throw new ModelException(sentence(fault));
    }
  }

  private String sentence(String fault) {
    return "%s is not a safetensors file that can be read: %s".formatted(source, fault);
  }
}

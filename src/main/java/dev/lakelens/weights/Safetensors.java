package dev.lakelens.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakelens.model.Counted;
import dev.lakelens.model.JsonFault;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.StrictJson;
import dev.lakelens.network.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads safetensors files: the length of the header as a little-endian 64-bit number, the header in
 * JSON, and the tensors' data, which fill the rest of the file without holes or overlaps.
 */
final class Safetensors {
  /** The header of EfficientNet-L2, the largest, has 186 KB: 1,914 tensors by timm's names. */
  private static final long MAX_HEADER = 4 << 20;

  private final WeightSource source;

  /** A tensor's place in the data, in bytes, {@code end} excluded. */
  private record Entry(String name, ElementType type, List<Integer> shape, long begin, long end) {}

  private Safetensors(WeightSource source) {
    this.source = source;
  }

  /**
   * Reads floats. Those of 32 bits are views of the file; those of 16 bits are widened, and those
   * of 64 bits rounded to 32 bits.
   *
   * @param file all its bytes, from position to limit
   * @param name of the file, for messages
   * @throws ModelException where the file is damaged or lies about itself
   */
  static WeightFile read(ByteBuffer file, String name) {
    WeightSource source = new WeightSource(name, "a safetensors file");
    return new Safetensors(source).weights(file.slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  /** Whether a file begins as these do: with a JSON object behind a length. */
  static boolean isLikely(ByteBuffer file) {
    return file.limit() > Long.BYTES && file.get(Long.BYTES) == '{';
  }

  private WeightFile weights(ByteBuffer file) {
    int headerLength = headerLength(file);
    JsonNode header = header(file.slice(Long.BYTES, headerLength));
    int start = Long.BYTES + headerLength;
    ByteBuffer data = file.slice(start, file.limit() - start);
    List<Entry> entries = entries(header);
    requireTiling(entries, data.limit());
    Map<String, Tensor> tensors = new HashMap<>();
    Set<String> others = new HashSet<>();
    for (Entry entry : entries) {
      ByteBuffer bytes = data.slice((int) entry.begin(), (int) (entry.end() - entry.begin()));
      if (entry.type().isFloat()) {
        tensors.put(entry.name(), entry.type().tensor(entry.shape(), bytes));
      } else {
        others.add(entry.name());
      }
    }
    return new WeightFile(source.name(), tensors, others);
  }

  private int headerLength(ByteBuffer file) {
    source.require(file.limit() >= Long.BYTES, "it has only %s", Counted.of(file.limit(), "byte"));
    long length = file.getLong(0);
    int rest = file.limit() - Long.BYTES;
    source.require(
        length >= 2 && length <= Math.min(rest, MAX_HEADER),
        "its header would have %s bytes, and %d bytes follow",
        Long.toUnsignedString(length),
        rest);
    return (int) length;
  }

  private JsonNode header(ByteBuffer bytes) {
    try {
      JsonNode header = StrictJson.read(StandardCharsets.UTF_8.decode(bytes).toString());
      source.require(header.isObject(), "its header is not a JSON object");
      return header;
    } catch (JsonProcessingException e) {
      throw source.damaged(e, "its header is not JSON: " + JsonFault.of(e));
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
    ElementType type = type(name, value.path("dtype").asText());
    List<Integer> shape = shape(name, value.path("shape"));
    JsonNode offsets = value.path("data_offsets");
    source.require(
        offsets.size() == 2
            && offsets.path(0).isIntegralNumber()
            && offsets.path(1).isIntegralNumber(),
        "%s has no data_offsets",
        name);
    source.require(
        offsets.path(0).canConvertToLong() && offsets.path(1).canConvertToLong(),
        "%s lies at %s, outside the file",
        name,
        offsets);
    Entry entry =
        new Entry(name, type, shape, offsets.path(0).longValue(), offsets.path(1).longValue());
    requireLength(entry);
    requireWidenable(entry);
    return entry;
  }

  private ElementType type(String name, String dtype) {
    return Stream.of(ElementType.values())
        .filter(type -> type.name().equals(dtype))
        .findFirst()
        .orElseThrow(() -> source.damaged("%s has the dtype %s", name, dtype));
  }

  private List<Integer> shape(String name, JsonNode value) {
    source.require(value.isArray(), "%s has no shape", name);
    List<Integer> shape = new ArrayList<>();
    for (JsonNode dimension : value) {
      source.require(
          dimension.isIntegralNumber() && dimension.canConvertToInt() && dimension.intValue() >= 0,
          "%s has the shape %s",
          name,
          value);
      shape.add(dimension.intValue());
    }
    return shape;
  }

  private void requireLength(Entry entry) {
    long length;
    try {
      length = Math.multiplyExact(entry.type().size(), Tensor.elements(entry.shape()));
    } catch (ArithmeticException e) {
      throw source.damaged(
          e, "%s has the impossible shape %s".formatted(entry.name(), entry.shape()));
    }
    source.require(
        entry.begin() >= 0 && entry.end() >= entry.begin() && entry.end() - entry.begin() == length,
        "%s has the shape %s and the data_offsets [%d, %d]",
        entry.name(),
        entry.shape(),
        entry.begin(),
        entry.end());
  }

  /** Half precisions grow as they are widened. */
  private void requireWidenable(Entry entry) {
    source.require(
        !entry.type().isFloat()
            || Tensor.elements(entry.shape()) <= Integer.MAX_VALUE / Float.BYTES,
        "%s %s would have 2 GiB or more as 32-bit floats",
        entry.name(),
        entry.shape());
  }

  /** Data that overlap, leave holes or end elsewhere than the file are a lie or a damage. */
  private void requireTiling(List<Entry> entries, long length) {
    long end = 0;
    for (Entry entry : entries) {
      source.require(
          entry.begin() == end,
          "%s begins at byte %d of the data, and the tensor before it ends at %d",
          entry.name(),
          entry.begin(),
          end);
      end = entry.end();
    }
    source.require(end == length, "its tensors end at byte %d of %d bytes of data", end, length);
  }
}

package dev.lakelens.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes pickles opcode by opcode, as a list of pieces that are put together. */
final class Pickles {
  private static final String TENSOR = "torch._utils _rebuild_tensor_v2";

  private Pickles() {}

  /** A pickle of protocol 2 of one value; a character is a byte. */
  static byte[] pickle(String... pieces) {
    return ("\u0080\u0002" + String.join("", pieces) + ".").getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return "X"
        + bytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(utf8.length))
        + new String(utf8, StandardCharsets.ISO_8859_1);
  }

  static String integer(long value) {
    return "\u008a\u0008"
        + bytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value));
  }

  static String tuple(String... items) {
    return "(" + String.join("", items) + "t";
  }

  static String integers(long... values) {
    return tuple(Arrays.stream(values).mapToObj(Pickles::integer).toArray(String[]::new));
  }

  static String list(String... items) {
    return "(" + String.join("", items) + "l";
  }

  /** Keys and values in turn. */
  static String dictionary(String... items) {
    return "(" + String.join("", items) + "d";
  }

  /** A module and a name with a space between. */
  static String global(String name) {
    return "c" + name.replace(' ', '\n') + "\n";
  }

  static String call(String function, String... arguments) {
    return global(function) + tuple(arguments) + "R";
  }

  /**
   * @param type a class of torch, or a module of torch and its class with a space between
   */
  static String storage(String type, String key, long count) {
    return tuple(text("storage"), storageClass(type), text(key), text("cpu"), integer(count)) + "Q";
  }

  /** In a legacy file a storage has a part, or None. */
  static String storage(String type, String key, long count, String part) {
    return tuple(text("storage"), storageClass(type), text(key), text("cpu"), integer(count), part)
        + "Q";
  }

  private static String storageClass(String type) {
    return global(type.contains(" ") ? "torch." + type : "torch " + type);
  }

  static String tensor(String storage, long offset, String shape, String strides) {
    return call(
        TENSOR,
        storage,
        integer(offset),
        shape,
        strides,
        "\u0089",
        call("collections OrderedDict"));
  }

  /** {@code {"w": tensor}} of 32-bit floats in storage 0. */
  static byte[] weights(long count, long offset, String shape, String strides) {
    return pickle(
        dictionary(text("w"), tensor(storage("FloatStorage", "0", count), offset, shape, strides)));
  }

  /** A file from before PyTorch 1.6. */
  static byte[] legacy(byte[] object, String keys, byte[]... storages) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(pickle("\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019"));
    file.writeBytes(pickle(integer(1001)));
    file.writeBytes(pickle(dictionary(text("little_endian"), "\u0088")));
    file.writeBytes(object);
    file.writeBytes(pickle(keys));
    for (byte[] storage : storages) {
      file.writeBytes(storage);
    }
    return file.toByteArray();
  }

  /** A storage of a legacy file: its length, and then the numbers 0, 1, 2, ... */
  static byte[] counted(int count) {
    return ByteBuffer.allocate(Long.BYTES + count * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(count)
        .put(floats(count))
        .array();
  }

  /** 0, 1, 2, ... */
  static byte[] floats(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.range(0, count).forEach(i -> bytes.putFloat(i));
    return bytes.array();
  }

  private static String bytes(ByteBuffer buffer) {
    return IntStream.range(0, buffer.capacity())
        .mapToObj(i -> String.valueOf((char) Byte.toUnsignedInt(buffer.get(i))))
        .collect(Collectors.joining());
  }
}

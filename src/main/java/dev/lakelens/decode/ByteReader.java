package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Unsigned numbers at positions of an encoded image; past its end the image is truncated. */
record ByteReader(byte[] data, boolean bigEndian) {

  static ByteReader bigEndian(byte[] data) {
    return new ByteReader(data, true);
  }

  static ByteReader littleEndian(byte[] data) {
    return new ByteReader(data, false);
  }

  ByteOrder order() {
    return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  int length() {
    return data.length;
  }

  boolean has(long at, long count) {
    return at >= 0 && count >= 0 && at <= data.length - count;
  }

  int u8(long at) throws RejectedException {
    return data[require(at, 1)] & 0xFF;
  }

  int u16(long at) throws RejectedException {
    int i = require(at, 2);
    int first = data[i] & 0xFF;
    int second = data[i + 1] & 0xFF;
    return bigEndian ? first << 8 | second : second << 8 | first;
  }

  long u32(long at) throws RejectedException {
    require(at, 4);
    long first = u16(at);
    long second = u16(at + 2);
    return bigEndian ? first << 16 | second : second << 16 | first;
  }

  /** The position as an index of {@link #data}, once {@code count} bytes are known to follow. */
  int require(long at, long count) throws RejectedException {
    if (!has(at, count)) {
      throw new RejectedException(
          Reason.TRUNCATED,
          "The file ends at byte %d, inside a part that reaches byte %d"
              .formatted(data.length, at + count));
    }
    return (int) at;
  }

  boolean matches(long at, String latin1) {
    return has(at, latin1.length()) && text(at, latin1.length()).equals(latin1);
  }

  /** Bytes as Latin-1. */
  String text(long at, int count) {
    return new String(data, (int) at, count, StandardCharsets.ISO_8859_1);
  }
}

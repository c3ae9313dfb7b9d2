package dev.lakelens.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read in order; little-endian. */
final class PickleInput {
  private final ByteBuffer bytes;
  private final WeightSource source;

  /**
   * @param bytes read from its position on, which moves
   */
  PickleInput(ByteBuffer bytes, WeightSource source) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    this.source = source;
  }

  int position() {
    return bytes.position();
  }

  int unsignedByte() {
    return Byte.toUnsignedInt(next(Byte.BYTES).get());
  }

  int unsignedShort() {
    return Short.toUnsignedInt(next(Short.BYTES).getShort());
  }

  int signedInt() {
    return next(Integer.BYTES).getInt();
  }

  long unsignedInt() {
    return Integer.toUnsignedLong(signedInt());
  }

  long signedLong() {
    return next(Long.BYTES).getLong();
  }

  /** An integer of so many bytes, two's complement, at most eight. */
  long signed(int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      int next = unsignedByte();
      value |= (long) (i == length - 1 ? (byte) next : next) << (8 * i);
    }
    return value;
  }

  String text(int length) {
    ByteBuffer text = next(length).slice(bytes.position(), length);
    skip(length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException e) {
      throw source.damaged(e, "its pickle has text that is not UTF-8");
    }
  }

  /** Text up to a line feed, which is passed over. */
  String line(int maxLength) {
    for (int length = 0; length <= maxLength && length < bytes.remaining(); length++) {
      if (bytes.get(bytes.position() + length) == '\n') {
        String line = text(length);
        skip(1);
        return line;
      }
    }
    throw source.damaged("its pickle has a name without an end at byte %d", position());
  }

  void skip(long length) {
    next(length);
    bytes.position(bytes.position() + (int) length);
  }

  private ByteBuffer next(long length) {
    source.require(
        length >= 0 && length <= bytes.remaining(),
        "its pickle ends early: %d bytes should follow byte %d, and %d do",
        length,
        position(),
        bytes.remaining());
    return bytes;
  }
}

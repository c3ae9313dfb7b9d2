package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;

/** Reads numbers of a file's header; a header that ends early is a truncated image. */
final class ByteReader {
  private final byte[] bytes;
  private boolean littleEndian;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads from here on with the least byte first. */
  ByteReader littleEndian() {
    littleEndian = true;
    return this;
  }

  int length() {
    return bytes.length;
  }

  int unsignedByte(long at) throws RejectedException {
    if (at < 0 || at >= bytes.length) {
      throw new RejectedException(
          Reason.TRUNCATED, "the header ends after %,d bytes".formatted(bytes.length));
    }
    return bytes[(int) at] & 0xFF;
  }

  int unsignedShort(long at) throws RejectedException {
    int first = unsignedByte(at);
    int second = unsignedByte(at + 1);
    return littleEndian ? second << 8 | first : first << 8 | second;
  }

  int signedInt(long at) throws RejectedException {
    int first = unsignedShort(at);
    int second = unsignedShort(at + 2);
    return littleEndian ? second << 16 | first : first << 16 | second;
  }

  long unsignedInt(long at) throws RejectedException {
    return signedInt(at) & 0xFFFF_FFFFL;
  }

  /** Whether the bytes from here are these Latin-1 characters; false past the end. */
  boolean matches(long at, String text) {
    if (at < 0 || at + text.length() > bytes.length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ((bytes[(int) at + i] & 0xFF) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}

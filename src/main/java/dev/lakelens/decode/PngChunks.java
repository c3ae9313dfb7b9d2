package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.util.zip.CRC32;

/**
 * Walks over the chunks of a PNG with Pillow's verdicts: checksums count before the image data
 * only, and once the image is whole, what follows has to be complete, but need not end with IEND.
 */
final class PngChunks {
  private static final int SIGNATURE = 8;

  private final ByteReader bytes;
  private int at = SIGNATURE;
  private int payload;
  private int payloadLength;
  private boolean complete;
  private String type = "";

  PngChunks(byte[] encoded) {
    this.bytes = ByteReader.bigEndian(encoded);
  }

  ByteReader bytes() {
    return bytes;
  }

  int payload() {
    return payload;
  }

  int payloadLength() {
    return payloadLength;
  }

  /** Reads the next chunk's type; its content may reach past the end of the file. */
  String next() throws RejectedException {
    long length = bytes.u32(at);
    bytes.require(at + 4L, 4);
    type = bytes.text(at + 4L, 4);
    if (!isChunk()) {
      throw new RejectedException(Reason.CORRUPT, "The PNG has a broken chunk at byte " + at);
    }
    payload = at + 8;
    payloadLength = (int) Math.min(length, bytes.length() - payload);
    at = (int) Math.min(payload + length + 4, Integer.MAX_VALUE);
    complete = payloadLength == length;
    return type;
  }

  /** The chunk's content and checksum have to be there, and agree. */
  void verify() throws RejectedException {
    requireComplete();
    CRC32 crc = new CRC32();
    crc.update(bytes.data(), payload - 4, payloadLength + 4);
    if (bytes.u32(payload + (long) payloadLength) != crc.getValue()) {
      throw new RejectedException(
          Reason.CORRUPT, "The PNG chunk " + type + " has a wrong checksum");
    }
  }

  private void requireComplete() throws RejectedException {
    if (!complete) {
      throw new RejectedException(
          Reason.TRUNCATED, "The PNG ends inside its chunk " + type + " at byte " + bytes.length());
    }
  }

  /** What Pillow's {@code load_end} reads after the image data. */
  void finish() throws RejectedException {
    while (bytes.has(at, 8) && isChunk()) {
      if (next().equals("IEND")) {
        return;
      }
      requireComplete();
    }
  }

  private boolean isChunk() {
    for (int i = 4; i < 8; i++) {
      byte c = bytes.data()[at + i];
      if (c < 0 || (c != '_' && !Character.isLetterOrDigit(c))) {
        return false;
      }
    }
    return true;
  }
}

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

  /**
   * A chunk.
   *
   * @param at where its content starts
   * @param length of the content, as far as the file holds it
   * @param complete whether the file holds all of it
   */
  record Chunk(String type, int at, int length, boolean complete) {
    boolean is(String otherType) {
      return type.equals(otherType);
    }
  }

  PngChunks(byte[] encoded) {
    this.bytes = ByteReader.bigEndian(encoded);
  }

  ByteReader bytes() {
    return bytes;
  }

  /** The next chunk; its content may reach past the end of the file. */
  Chunk next() throws RejectedException {
    long length = bytes.u32(at);
    bytes.require(at + 4L, 4);
    if (!isChunk()) {
      throw new RejectedException(Reason.CORRUPT, "The PNG has a broken chunk at byte " + at);
    }
    int content = at + 8;
    int present = (int) Math.min(length, bytes.length() - content);
    String type = bytes.text(at + 4L, 4);
    at = (int) Math.min(content + length + 4, Integer.MAX_VALUE);
    return new Chunk(type, content, present, present == length);
  }

  /** The chunk's content and checksum have to be there, and agree. */
  void verify(Chunk chunk) throws RejectedException {
    requireComplete(chunk);
    CRC32 crc = new CRC32();
    crc.update(bytes.data(), chunk.at() - 4, chunk.length() + 4);
    if (bytes.u32(chunk.at() + (long) chunk.length()) != crc.getValue()) {
      throw new RejectedException(
          Reason.CORRUPT, "The PNG chunk " + chunk.type() + " has a wrong checksum");
    }
  }

  private void requireComplete(Chunk chunk) throws RejectedException {
    if (!chunk.complete()) {
      throw new RejectedException(
          Reason.TRUNCATED,
          "The PNG ends inside its chunk %s at byte %d".formatted(chunk.type(), bytes.length()));
    }
  }

  /** What Pillow's {@code load_end} reads after the image data. */
  void finish() throws RejectedException {
    while (bytes.has(at, 8) && isChunk()) {
      Chunk chunk = next();
      if (chunk.is("IEND")) {
        return;
      }
      requireComplete(chunk);
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

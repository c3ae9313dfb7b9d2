package dev.lakelens.decode;

import dev.lakelens.image.RejectedException;

/** Walks over the chunks of a PNG (PNG specification, section 5.3). */
final class PngChunks {
  private PngChunks() {}

  /**
   * Offset of the data of the first chunk of a type, behind 4 bytes of length and 4 of type, or -1.
   */
  static int find(ByteReader in, String type) throws RejectedException {
    for (long at = 8; at + 12 <= in.length(); at += 12 + in.unsignedInt(at)) {
      if (in.matches(at + 4, type)) {
        return (int) at + 8;
      }
    }
    return -1;
  }
}

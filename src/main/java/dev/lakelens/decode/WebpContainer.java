package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;

/** The RIFF chunks around a WebP image (WebP container specification, RFC 9649). */
final class WebpContainer {
  private static final int FIRST_CHUNK = 12;

  private WebpContainer() {}

  /** The size of the canvas; of a still image without one, its own. */
  static ImageHeader header(byte[] encoded) throws RejectedException {
    ByteReader bytes = ByteReader.littleEndian(encoded);
    int at = FIRST_CHUNK + 8;
    bytes.require(FIRST_CHUNK, 8);
    String type = bytes.text(FIRST_CHUNK, 4);
    return switch (type) {
      case "VP8 " -> {
        if (bytes.u16(at + 3) != 0x019D || bytes.u8(at + 5) != 0x2A) {
          throw new RejectedException(Reason.CORRUPT, "The WebP's VP8 data do not start a frame");
        }
        yield ImageHeader.of(
            ImageFormat.WEBP, bytes.u16(at + 6) & 0x3FFF, bytes.u16(at + 8) & 0x3FFF);
      }
      case "VP8L" -> {
        if (bytes.u8(at) != 0x2F) {
          throw new RejectedException(Reason.CORRUPT, "The WebP's VP8L data lack their signature");
        }
        long sizes = bytes.u32(at + 1);
        yield ImageHeader.of(ImageFormat.WEBP, (sizes & 0x3FFF) + 1, (sizes >> 14 & 0x3FFF) + 1);
      }
      case "VP8X" ->
          ImageHeader.of(ImageFormat.WEBP, u24(bytes, at + 4) + 1, u24(bytes, at + 7) + 1);
      default ->
          throw new RejectedException(
              Reason.CORRUPT, "The WebP begins with the chunk '" + type.strip() + "'");
    };
  }

  private static long u24(ByteReader bytes, int at) throws RejectedException {
    return bytes.u16(at) | (long) bytes.u8(at + 2) << 16;
  }

  /** Where the content of a chunk begins, or -1. */
  static int find(byte[] encoded, String type) throws RejectedException {
    ByteReader bytes = ByteReader.littleEndian(encoded);
    long at = FIRST_CHUNK;
    while (bytes.has(at, 8)) {
      if (bytes.matches(at, type)) {
        return (int) at + 8;
      }
      at += 8 + (bytes.u32(at + 4) + 1) / 2 * 2;
    }
    return -1;
  }

  /** Whether the file is shorter than its first four bytes of length say. */
  static boolean isCut(byte[] encoded) throws RejectedException {
    return ByteReader.littleEndian(encoded).u32(4) + 8 > encoded.length;
  }
}

package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.util.HashMap;
import java.util.Map;

/**
 * The first directory of a TIFF 6.0 file, or of the EXIF data of another.
 *
 * @param bytes in the file's byte order
 * @param entries position of each tag's entry of 12 bytes
 */
record TiffDirectory(ByteReader bytes, int base, Map<Integer, Integer> entries) {
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int FILL_ORDER = 266;
  static final int STRIP_OFFSETS = 273;
  static final int ORIENTATION = 274;
  static final int SAMPLES = 277;
  static final int STRIP_BYTES = 279;
  static final int PLANAR = 284;
  static final int COLOUR_MAP = 320;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_BYTES = 325;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;

  static TiffDirectory first(byte[] encoded) throws RejectedException {
    return read(encoded, 0);
  }

  /**
   * Reads the entries.
   *
   * @param base where the TIFF header is, from which offsets count
   */
  static TiffDirectory read(byte[] encoded, int base) throws RejectedException {
    boolean big = ByteReader.bigEndian(encoded).matches(base, "MM");
    ByteReader bytes = new ByteReader(encoded, big);
    long at = base + bytes.u32(base + 4L);
    int count = bytes.u16(at);
    bytes.require(at + 2, 12L * count);
    Map<Integer, Integer> entries = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int entry = (int) at + 2 + 12 * i;
      entries.put(bytes.u16(entry), entry);
    }
    return new TiffDirectory(bytes, base, entries);
  }

  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  int count(int tag) throws RejectedException {
    return has(tag) ? (int) Math.min(bytes.u32(entries.get(tag) + 4L), Integer.MAX_VALUE) : 0;
  }

  long number(int tag, long otherwise) throws RejectedException {
    return count(tag) == 0 ? otherwise : number(tag, 0, otherwise);
  }

  /** The tag's number at an index: a BYTE, SHORT or LONG. */
  long number(int tag, int index, long otherwise) throws RejectedException {
    if (index >= count(tag)) {
      return otherwise;
    }
    int entry = entries.get(tag);
    int size = size(bytes.u16(entry + 2L), tag);
    boolean inline = (long) size * count(tag) <= 4;
    long at = (inline ? entry + 8L : base + bytes.u32(entry + 8L)) + (long) size * index;
    return switch (size) {
      case 1 -> bytes.u8(at);
      case 2 -> bytes.u16(at);
      default -> bytes.u32(at);
    };
  }

  private static int size(int type, int tag) throws RejectedException {
    return switch (type) {
      case 1, 6, 7 -> 1;
      case 3, 8 -> 2;
      case 4, 9, 13 -> 4;
      default ->
          throw new RejectedException(
              Reason.CORRUPT, "The TIFF tag %d has the type %d".formatted(tag, type));
    };
  }
}

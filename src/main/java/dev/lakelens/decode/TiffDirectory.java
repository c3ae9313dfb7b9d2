package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.util.Optional;

/**
 * The first image file directory of TIFF data, which Exif data are too (TIFF 6.0, section 2).
 *
 * @param in with the byte order of the data
 * @param entries offset of the first entry, 12 bytes each
 * @param count of entries
 */
record TiffDirectory(ByteReader in, long entries, int count) {
  static final int IMAGE_WIDTH = 256;
  static final int IMAGE_LENGTH = 257;
  static final int ORIENTATION = 274;

  static final int COLOR_MAP = 320;

  private static final int SHORT = 3;
  private static final int LONG = 4;

  /**
   * @param start where the data begin in the file
   */
  static TiffDirectory first(byte[] file, int start) throws RejectedException {
    ByteReader in = new ByteReader(file);
    if (in.matches(start, "II")) {
      in.littleEndian();
    }
    long directory = start + in.unsignedInt(start + 4L);
    return new TiffDirectory(in, directory + 2, in.unsignedShort(directory));
  }

  long required(int tag) throws RejectedException {
    return value(tag)
        .orElseThrow(() -> new RejectedException(Reason.CORRUPT, "TIFF without tag " + tag));
  }

  /** The value of a tag that holds one number; none where the tag is absent or holds another. */
  Optional<Long> value(int tag) throws RejectedException {
    for (int i = 0; i < count; i++) {
      long entry = entries + 12L * i;
      if (in.unsignedShort(entry) == tag) {
        return switch (in.unsignedShort(entry + 2)) {
          case SHORT -> Optional.of((long) in.unsignedShort(entry + 8));
          case LONG -> Optional.of(in.unsignedInt(entry + 8));
          default -> Optional.empty();
        };
      }
    }
    return Optional.empty();
  }

  /** The values of a tag that holds 16-bit numbers; none where the tag is absent. */
  int[] shorts(int tag) throws RejectedException {
    for (int i = 0; i < count; i++) {
      long entry = entries + 12L * i;
      if (in.unsignedShort(entry) == tag && in.unsignedShort(entry + 2) == SHORT) {
        long length = in.unsignedInt(entry + 4);
        long at = length <= 2 ? entry + 8 : in.unsignedInt(entry + 8);
        in.unsignedShort(
            at + 2 * (length - 1)); // before anything is allocated for a length that lies
        int[] values = new int[(int) length];
        for (int j = 0; j < values.length; j++) {
          values[j] = in.unsignedShort(at + 2L * j);
        }
        return values;
      }
    }
    return new int[0];
  }
}

package dev.lakelens.weights;

import java.nio.ByteBuffer;

/**
 * Where the directory of a zip file lies: the record at the file's end, and its 64-bit form where
 * that is there.
 *
 * @param entries number of entries
 * @param directory its first byte
 * @param length its bytes
 */
record ZipEnd(long entries, long directory, long length) {
  private static final int SIGNATURE = 0x06054b50;
  private static final int LENGTH = 22;
  private static final int ZIP64_SIGNATURE = 0x06064b50;
  private static final int ZIP64_LENGTH = 56;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int MAX_COMMENT = 0xFFFF;

  /**
   * @param file all its bytes, little-endian
   */
  static ZipEnd of(ByteBuffer file, WeightSource source) {
    int first = Math.max(0, file.limit() - LENGTH - MAX_COMMENT);
    for (int at = file.limit() - LENGTH; at >= first; at--) {
      if (file.getInt(at) == SIGNATURE
          && unsigned(file, at + 20) == file.limit() - LENGTH - at) { // a comment of this length
        return of(file, at, source);
      }
    }
    throw source.damaged("it has no directory at its end; is the download complete?");
  }

  private static ZipEnd of(ByteBuffer file, int at, WeightSource source) {
    int locator = at - LOCATOR_LENGTH;
    if (locator < 0 || file.getInt(locator) != LOCATOR_SIGNATURE) {
      return new ZipEnd(
          unsigned(file, at + 10),
          Integer.toUnsignedLong(file.getInt(at + 16)),
          Integer.toUnsignedLong(file.getInt(at + 12)));
    }
    long wide = file.getLong(locator + 8);
    source.require(
        wide >= 0 && wide <= locator - ZIP64_LENGTH && file.getInt((int) wide) == ZIP64_SIGNATURE,
        "the 64-bit record of its directory is not where it should be");
    int record = (int) wide;
    return new ZipEnd(
        file.getLong(record + 32), file.getLong(record + 48), file.getLong(record + 40));
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }
}

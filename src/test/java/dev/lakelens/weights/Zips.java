package dev.lakelens.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Writes zip files that java.util.zip would not: with names twice, and wrong fields. */
final class Zips {
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private final boolean wide;
  private int entries;

  Zips() {
    this(false);
  }

  /**
   * @param wide whether sizes and places are in the 64-bit form behind another extra field, and
   *     entries and the file have comments
   */
  Zips(boolean wide) {
    this.wide = wide;
  }

  /** A zip file as torch.save writes it, with one storage. */
  static byte[] torch(byte[] pickle, byte[] storage) {
    return new Zips().add("w/data.pkl", pickle).add("w/data/0", storage).bytes();
  }

  Zips add(String name, byte[] data) {
    return add(name, data, 0, data.length);
  }

  /**
   * @param size the length that the entry claims to have
   */
  Zips add(String name, byte[] data, int method, int size) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(data);
    int offset = file.size();
    file.writeBytes(
        header(30, 0x04034b50)
            .putShort(8, (short) method)
            .putInt(14, (int) crc.getValue())
            .putInt(18, data.length)
            .putInt(22, size)
            .putShort(26, (short) utf8.length)
            .putShort(28, (short) (wide ? 6 : 0))
            .array());
    file.writeBytes(utf8);
    file.writeBytes(wide ? new byte[] {'F', 'B', 2, 0, 'Z', 'Z'} : new byte[0]); // as PyTorch pads
    file.writeBytes(data);
    directory.writeBytes(
        header(46, 0x02014b50)
            .putShort(10, (short) method)
            .putInt(16, (int) crc.getValue())
            .putInt(20, wide ? -1 : data.length)
            .putInt(24, wide ? -1 : size)
            .putShort(28, (short) utf8.length)
            .putShort(30, (short) (wide ? 34 : 0))
            .putShort(32, (short) (wide ? 7 : 0))
            .putInt(42, wide ? -1 : offset)
            .array());
    directory.writeBytes(utf8);
    if (wide) {
      directory.writeBytes(extra(size, data.length, offset));
      directory.writeBytes("comment".getBytes(StandardCharsets.UTF_8));
    }
    entries++;
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(file.toByteArray());
    bytes.writeBytes(directory.toByteArray());
    if (wide) {
      writeWideEnd(bytes);
    }
    bytes.writeBytes(
        header(22, 0x06054b50)
            .putShort(8, (short) (wide ? -1 : entries))
            .putShort(10, (short) (wide ? -1 : entries))
            .putInt(12, wide ? -1 : directory.size())
            .putInt(16, wide ? -1 : file.size())
            .putShort(20, (short) (wide ? 30 : 0))
            .array());
    bytes.writeBytes(wide ? comment() : new byte[0]);
    return bytes.toByteArray();
  }

  private void writeWideEnd(ByteArrayOutputStream bytes) {
    int record = bytes.size();
    bytes.writeBytes(
        header(56, 0x06064b50)
            .putLong(4, 44)
            .putLong(24, entries)
            .putLong(32, entries)
            .putLong(40, directory.size())
            .putLong(48, file.size())
            .array());
    bytes.writeBytes(header(20, 0x07064b50).putLong(8, record).putInt(16, 1).array());
  }

  /** A comment that looks like the end of another directory. */
  private static byte[] comment() {
    return header(30, 0x06054b50).putShort(20, (short) 1).array();
  }

  /** An extra field that is not meant, and the 64-bit one. */
  private static byte[] extra(long size, long compressed, long offset) {
    return ByteBuffer.allocate(34)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 0x7075)
        .putShort((short) 2)
        .putShort((short) 0)
        .putShort((short) 1)
        .putShort((short) 24)
        .putLong(size)
        .putLong(compressed)
        .putLong(offset)
        .array();
  }

  private static ByteBuffer header(int length, int signature) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN).putInt(0, signature);
  }
}

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
  private int entries;

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
            .array());
    file.writeBytes(utf8);
    file.writeBytes(data);
    directory.writeBytes(
        header(46, 0x02014b50)
            .putShort(10, (short) method)
            .putInt(16, (int) crc.getValue())
            .putInt(20, data.length)
            .putInt(24, size)
            .putShort(28, (short) utf8.length)
            .putInt(42, offset)
            .array());
    directory.writeBytes(utf8);
    entries++;
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(file.toByteArray());
    bytes.writeBytes(directory.toByteArray());
    bytes.writeBytes(
        header(22, 0x06054b50)
            .putShort(8, (short) entries)
            .putShort(10, (short) entries)
            .putInt(12, directory.size())
            .putInt(16, file.size())
            .array());
    return bytes.toByteArray();
  }

  private static ByteBuffer header(int length, int signature) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN).putInt(0, signature);
  }
}

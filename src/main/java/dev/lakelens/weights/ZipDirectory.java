package dev.lakelens.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The entries of a zip file in memory, as views of it: they may not be compressed, which makes zip
 * bombs impossible. Field offsets are those of PKWARE's APPNOTE 4.3.
 */
final class ZipDirectory {
  private static final int CENTRAL_SIGNATURE = 0x02014b50;
  private static final int CENTRAL_LENGTH = 46;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int LOCAL_LENGTH = 30;
  private static final int ZIP64_EXTRA = 1;
  private static final long IN_ZIP64 = 0xFFFFFFFFL;

  private final ByteBuffer file;
  private final WeightSource source;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(int flags, int method, int crc, long size, long localHeader) {}

  /**
   * @param file all its bytes
   * @throws dev.lakelens.model.ModelException where the directory is damaged, names an entry twice,
   *     or names one outside the archive
   */
  ZipDirectory(ByteBuffer file, WeightSource source) {
    this.file = file.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.source = source;
    ZipEnd end = ZipEnd.of(this.file, source);
    ByteBuffer directory = bytes(end.directory(), end.length());
    for (long i = 0; i < end.entries(); i++) {
      readEntry(directory);
    }
    source.require(!directory.hasRemaining(), "its directory is longer than its entries");
  }

  /** Names of the entries, in the order of the directory. */
  Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /**
   * An entry's bytes, whose checksum holds.
   *
   * @throws dev.lakelens.model.ModelException where there is no such entry, or it is damaged,
   *     compressed or encrypted
   */
  ByteBuffer entry(String name) {
    Entry entry = entries.get(name);
    source.require(entry != null, "it has no entry %s", name);
    source.require((entry.flags() & 1) == 0, "its entry %s is encrypted", name);
    source.require(
        entry.method() == 0,
        "its entry %s is compressed, as neither PyTorch nor Keras does it; zip it with method store",
        name);
    ByteBuffer header = bytes(entry.localHeader(), LOCAL_LENGTH);
    source.require(
        header.getInt(0) == LOCAL_SIGNATURE, "its entry %s is not where it should be", name);
    long start = entry.localHeader() + LOCAL_LENGTH + unsigned(header, 26) + unsigned(header, 28);
    ByteBuffer bytes = bytes(start, entry.size());
    CRC32 crc = new CRC32();
    crc.update(bytes.duplicate());
    source.require((int) crc.getValue() == entry.crc(), "its entry %s has a wrong CRC-32", name);
    return bytes;
  }

  private void readEntry(ByteBuffer directory) {
    int at = directory.position();
    source.require(
        directory.remaining() >= CENTRAL_LENGTH && directory.getInt(at) == CENTRAL_SIGNATURE,
        "its directory is damaged at byte %d",
        at);
    int nameLength = unsigned(directory, at + 28);
    int extraLength = unsigned(directory, at + 30);
    int length = CENTRAL_LENGTH + nameLength + extraLength + unsigned(directory, at + 32);
    source.require(length <= directory.remaining(), "its directory ends early");
    String name = name(directory.slice(at + CENTRAL_LENGTH, nameLength));
    ByteBuffer extra = directory.slice(at + CENTRAL_LENGTH + nameLength, extraLength);
    Entry entry = entry(directory.slice(at, CENTRAL_LENGTH), extra, name);
    source.require(entries.put(name, entry) == null, "it has two entries %s", name);
    directory.position(at + length);
  }

  private Entry entry(ByteBuffer header, ByteBuffer extra, String name) {
    header.order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer wide = zip64(extra.order(ByteOrder.LITTLE_ENDIAN));
    long size = size(header.getInt(24), wide, name);
    long compressed = size(header.getInt(20), wide, name);
    long localHeader = size(header.getInt(42), wide, name);
    int method = unsigned(header, 10);
    source.require(
        method != 0 || size == compressed, "its entry %s has two lengths and is stored", name);
    return new Entry(unsigned(header, 8), method, header.getInt(16), size, localHeader);
  }

  /** The 64-bit values that did not fit into the header, in its order. */
  private static ByteBuffer zip64(ByteBuffer extra) {
    while (extra.remaining() >= 4) {
      int id = Short.toUnsignedInt(extra.getShort());
      int length = Math.min(Short.toUnsignedInt(extra.getShort()), extra.remaining());
      if (id == ZIP64_EXTRA) {
        return extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      }
      extra.position(extra.position() + length);
    }
    return ByteBuffer.allocate(0);
  }

  private long size(int field, ByteBuffer wide, String name) {
    long value = Integer.toUnsignedLong(field);
    if (value != IN_ZIP64) {
      return value;
    }
    source.require(wide.remaining() >= Long.BYTES, "its entry %s has no length", name);
    return wide.getLong();
  }

  private String name(ByteBuffer bytes) {
    try {
      String name = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      source.require(
          !name.startsWith("/") && !name.contains("\\") && !("/" + name + "/").contains("/../"),
          "its entry %s lies outside it",
          name);
      return name;
    } catch (CharacterCodingException e) {
      throw source.damaged(e, "an entry's name is not UTF-8");
    }
  }

  private ByteBuffer bytes(long start, long length) {
    source.require(
        start >= 0 && length >= 0 && start <= file.limit() && length <= file.limit() - start,
        "%d bytes at byte %d lie outside it",
        length,
        start);
    return file.slice((int) start, (int) length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }
}

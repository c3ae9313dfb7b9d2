package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;

/**
 * The headers of a Windows bitmap: core, info, V2 to V5.
 *
 * @param bits a pixel: 1, 4, 8, 16, 24, 32
 * @param compression one of the constants below
 * @param topDown whether the first row stored is the first one shown
 * @param masks red, green and blue of {@link #BITFIELDS} // [3]
 * @param paletteAt first byte of the palette
 * @param colours number of palette entries
 * @param entryBytes bytes of a palette entry, blue first: 3 or 4
 * @param dataAt first byte of the pixels
 */
record BmpHeader(
    long width,
    long height,
    int bits,
    int compression,
    boolean topDown,
    long[] masks,
    int paletteAt,
    int colours,
    int entryBytes,
    long dataAt) {
  static final int RAW = 0;
  static final int RLE8 = 1;
  static final int RLE4 = 2;
  static final int BITFIELDS = 3;

  private static final int AT = 14;

  static BmpHeader read(byte[] encoded) throws RejectedException {
    ByteReader bytes = ByteReader.littleEndian(encoded);
    long size = bytes.u32(AT);
    BmpHeader header;
    if (size == 12) {
      bytes.require(AT, size);
      header = core(bytes);
    } else if (size == 40 || size == 52 || size == 56 || size == 64 || size == 108 || size == 124) {
      bytes.require(AT, size);
      header = info(bytes, (int) size);
    } else {
      throw new RejectedException(
          Reason.UNSUPPORTED_FORMAT, "A BMP header of %d bytes is not decoded".formatted(size));
    }
    header.requireSupported();
    return header;
  }

  private static BmpHeader core(ByteReader bytes) throws RejectedException {
    int bits = bytes.u16(AT + 10);
    int colours = bits <= 8 ? 1 << bits : 0;
    long offset = dataAt(bytes, 12, bits, 3L * colours, AT + 12);
    return new BmpHeader(
        bytes.u16(AT + 4),
        bytes.u16(AT + 6),
        bits,
        RAW,
        false,
        new long[3],
        AT + 12,
        colours,
        3,
        offset);
  }

  private static BmpHeader info(ByteReader bytes, int size) throws RejectedException {
    boolean topDown = bytes.u8(AT + 11) == 0xFF;
    long height = bytes.u32(AT + 8);
    int bits = bytes.u16(AT + 14);
    int compression = (int) bytes.u32(AT + 16);
    long used = bytes.u32(AT + 32);
    int colours = bits > 8 ? 0 : used == 0 ? 1 << bits : (int) Math.min(used, 65536);
    long[] masks = new long[3];
    int end = AT + size;
    if (compression == BITFIELDS) {
      for (int i = 0; i < 3; i++) {
        masks[i] = bytes.u32(AT + 40 + 4L * i);
      }
      end = Math.max(end, AT + 52);
    }
    return new BmpHeader(
        bytes.u32(AT + 4),
        topDown ? (1L << 32) - height : height,
        bits,
        compression,
        topDown,
        masks,
        end,
        colours,
        4,
        dataAt(bytes, size, bits, 4L * colours, end));
  }

  // Some writers give the palette's position as that of the pixels.
  private static long dataAt(ByteReader bytes, int size, int bits, long palette, int headerEnd)
      throws RejectedException {
    long offset = bytes.u32(10);
    if (offset == AT + size && bits <= 8) {
      return offset + palette;
    }
    return offset == 0 ? headerEnd + palette : offset;
  }

  private void requireSupported() throws RejectedException {
    boolean palette = bits == 1 || bits == 4 || bits == 8;
    boolean depth = palette || bits == 16 || bits == 24 || bits == 32;
    boolean packed = compression == RLE8 || compression == RLE4;
    boolean masked = compression == BITFIELDS && BmpMasks.isKnown(bits, masks);
    if (!depth || !(compression == RAW || masked || (packed && palette))) {
      throw new RejectedException(
          Reason.UNSUPPORTED_FORMAT,
          "A BMP with %d bits a pixel and compression %d is not decoded"
              .formatted(bits, compression));
    }
  }
}

package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.util.Arrays;

/** Windows bitmaps: 1 to 32 bits, raw, run-length encoded or with bit fields. */
final class BmpDecoder implements Decoder {

  @Override
  public Pixels decode(ImageHeader image, byte[] encoded, PixelBuffer buffer)
      throws RejectedException {
    BmpHeader header = BmpHeader.read(encoded);
    ByteReader bytes = ByteReader.littleEndian(encoded);
    Palette palette = palette(header, bytes);
    byte[] pixels = buffer.take(image.bytes());
    if (header.compression() == BmpHeader.RLE8 || header.compression() == BmpHeader.RLE4) {
      new Runs(header, image, bytes, palette, pixels).decode();
    } else {
      raw(header, image, bytes, palette, pixels);
    }
    return new Pixels(image.width(), image.height(), Pixels.ChannelOrder.RGB, pixels);
  }

  private static Palette palette(BmpHeader header, ByteReader bytes) throws RejectedException {
    Palette palette = new Palette();
    int known = Math.min(256, header.colours());
    bytes.require(header.paletteAt(), (long) known * header.entryBytes());
    byte[] data = bytes.data();
    for (int i = 0; i < known; i++) {
      int from = header.paletteAt() + i * header.entryBytes();
      palette.set(i, data[from + 2], data[from + 1], data[from]);
    }
    return palette;
  }

  private static void raw(
      BmpHeader header, ImageHeader image, ByteReader bytes, Palette palette, byte[] pixels)
      throws RejectedException {
    long rowBits = (long) image.width() * header.bits();
    long stride = (rowBits + 31) / 32 * 4;
    // The last row need not be padded.
    bytes.require(header.dataAt(), stride * (image.height() - 1) + (rowBits + 7) / 8);
    int[] places = BmpMasks.bytes(header);
    for (int y = 0; y < image.height(); y++) {
      int from = (int) (header.dataAt() + y * stride);
      int to = rowAt(header, image, y);
      switch (header.bits()) {
        case 16 -> fields(header, image.width(), bytes.data(), from, pixels, to);
        case 24 -> bytes(places, 3, image.width(), bytes.data(), from, pixels, to);
        case 32 -> bytes(places, 4, image.width(), bytes.data(), from, pixels, to);
        default -> palette.put(bytes.data(), from, header.bits(), image.width(), pixels, to, 3);
      }
    }
  }

  private static int rowAt(BmpHeader header, ImageHeader image, int stored) {
    int y = header.topDown() ? stored : image.height() - 1 - stored;
    return y * image.width() * 3;
  }

  private static void bytes(
      int[] places, int step, int width, byte[] data, int from, byte[] pixels, int to) {
    for (int x = 0; x < width; x++) {
      for (int c = 0; c < 3; c++) {
        pixels[to + x * 3 + c] = data[from + x * step + places[c]];
      }
    }
  }

  private static void fields(
      BmpHeader header, int width, byte[] data, int from, byte[] pixels, int to) {
    int greenBits = Arrays.equals(header.masks(), BmpMasks.SIX_BITS_OF_GREEN) ? 6 : 5;
    int mostGreen = (1 << greenBits) - 1;
    for (int x = 0; x < width; x++) {
      int pixel = (data[from + 2 * x] & 0xFF) | (data[from + 2 * x + 1] & 0xFF) << 8;
      pixels[to + 3 * x] = (byte) ((pixel >> (5 + greenBits) & 31) * 255 / 31);
      pixels[to + 3 * x + 1] = (byte) ((pixel >> 5 & mostGreen) * 255 / mostGreen);
      pixels[to + 3 * x + 2] = (byte) ((pixel & 31) * 255 / 31);
    }
  }

  /** Runs of indices, as Pillow reads them: what is passed over is index 0. */
  private static final class Runs {
    private final BmpHeader header;
    private final ImageHeader image;
    private final ByteReader bytes;
    private final Palette palette;
    private final byte[] pixels;
    private final boolean nibbles;
    private final int count;

    private long at;
    // Pixels so far, and the column, which Pillow counts by itself.
    private int done;
    private int x;

    Runs(BmpHeader header, ImageHeader image, ByteReader bytes, Palette palette, byte[] pixels) {
      this.header = header;
      this.image = image;
      this.bytes = bytes;
      this.palette = palette;
      this.pixels = pixels;
      this.nibbles = header.compression() == BmpHeader.RLE4;
      this.count = image.width() * image.height();
      this.at = header.dataAt();
    }

    void decode() throws RejectedException {
      while (done < count) {
        int length = bytes.u8(at);
        int value = bytes.u8(at + 1);
        at += 2;
        if (length > 0) {
          run(Math.min(length, image.width() - x), value);
        } else {
          escape(value);
        }
      }
    }

    private void escape(int value) throws RejectedException {
      switch (value) {
        case 0 -> {
          skip((image.width() - done % image.width()) % image.width());
          x = 0;
        }
        case 1 ->
            throw new RejectedException(Reason.CORRUPT, "The BMP's runs end before its last pixel");
        case 2 -> {
          skip(bytes.u8(at) + (long) bytes.u8(at + 1) * image.width());
          at += 2;
          x = done % image.width();
        }
        default -> literal(value);
      }
    }

    private void run(int length, int value) {
      for (int i = 0; i < length; i++) {
        put(nibbles ? (i % 2 == 0 ? value >> 4 : value & 15) : value);
      }
      x += Math.max(0, length);
    }

    private void literal(int value) throws RejectedException {
      int length = Math.min(count - done, value);
      int size = nibbles ? (length + 1) / 2 : length;
      int from = bytes.require(at, size);
      for (int i = 0; i < length; i++) {
        int pair = bytes.data()[from + (nibbles ? i / 2 : i)] & 0xFF;
        put(nibbles ? (i % 2 == 0 ? pair >> 4 : pair & 15) : pair);
      }
      x += value;
      at += size;
      at += at % 2;
    }

    private void skip(long length) {
      for (long left = Math.min(length, count - done); left > 0; left--) {
        put(0);
      }
    }

    private void put(int index) {
      if (done < count) {
        int at3 = rowAt(header, image, done / image.width()) + done % image.width() * 3;
        palette.put(index, pixels, at3);
        done++;
      }
    }
  }
}

package dev.lakelens.decode;

/** Colours of indices up to 8 bits; those past the last colour are black, as in Pillow. */
final class Palette {
  private static final int SIZE = 256;

  // [256, 3] RGB
  private final byte[] colours = new byte[SIZE * 3];

  /** Red, green and blue in turn. */
  static Palette rgb(byte[] data, int from, int length) {
    Palette palette = new Palette();
    System.arraycopy(data, from, palette.colours, 0, Math.min(length, SIZE * 3));
    return palette;
  }

  /** From black to white in {@code 1 << bits} even steps. */
  static Palette gray(int bits) {
    Palette palette = new Palette();
    int most = (1 << bits) - 1;
    for (int i = 0; i <= most; i++) {
      byte gray = (byte) (i * 255 / most);
      palette.set(i, gray, gray, gray);
    }
    return palette;
  }

  void set(int index, byte red, byte green, byte blue) {
    colours[index * 3] = red;
    colours[index * 3 + 1] = green;
    colours[index * 3 + 2] = blue;
  }

  /** Writes an index's red, green and blue. */
  void put(int index, byte[] rgb, int to) {
    int from = index * 3;
    rgb[to] = colours[from];
    rgb[to + 1] = colours[from + 1];
    rgb[to + 2] = colours[from + 2];
  }

  /**
   * Writes the colours of a row of indices.
   *
   * @param packed indices of {@code bits} each, the first in the high bits of a byte
   * @param step bytes from one colour to the next
   */
  void put(byte[] packed, int from, int bits, int count, byte[] rgb, int to, int step) {
    int mask = (1 << bits) - 1;
    for (int i = 0, at = to; i < count; i++, at += step) {
      int bit = i * bits;
      put(packed[from + (bit >> 3)] >> (8 - bits - (bit & 7)) & mask, rgb, at);
    }
  }
}

package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.util.Arrays;

/** One row of a PNG: unfiltered against the row above, then expanded to RGB. */
final class PngRow {
  private final PngHeader header;
  // Whether a pixel is one sample of up to 8 bits.
  private final boolean indexed;
  private final Palette palette;
  private final int filterStep;

  // [1 + bytes of a row]: the filter's number, then packed samples
  private byte[] row;
  private byte[] above;
  private int pixels;
  private int size;

  PngRow(PngHeader header, byte[] plte) {
    this.header = header;
    this.indexed = header.depth() <= 8 && header.channels() == 1;
    this.palette = indexed ? palette(header, plte) : new Palette();
    this.filterStep = Math.max(1, header.bitsPerPixel() / 8);
    int widest = 1 + header.rowBytes((int) header.width());
    this.row = new byte[widest];
    this.above = new byte[widest];
  }

  private static Palette palette(PngHeader header, byte[] plte) {
    return header.colour() == PngHeader.PALETTE
        ? Palette.rgb(plte, 0, plte.length)
        : Palette.gray(header.depth());
  }

  /** Begins a pass with rows of so many pixels. */
  void start(int pixelsOfRow) {
    pixels = pixelsOfRow;
    size = 1 + header.rowBytes(pixelsOfRow);
    // unfilter() makes it the row above.
    Arrays.fill(row, 0, size, (byte) 0);
    swap();
  }

  /** Where the next row's {@link #size} bytes go. */
  byte[] filtered() {
    return row;
  }

  int size() {
    return size;
  }

  private void swap() {
    byte[] last = row;
    row = above;
    above = last;
  }

  void unfilter() throws RejectedException {
    switch (row[0]) {
      case 0 -> {}
      case 1 -> sub();
      case 2 -> up();
      case 3 -> average();
      case 4 -> paeth();
      default ->
          throw new RejectedException(Reason.CORRUPT, "The PNG has the unknown filter " + row[0]);
    }
  }

  private void sub() {
    for (int i = filterStep + 1; i < size; i++) {
      row[i] += row[i - filterStep];
    }
  }

  private void up() {
    for (int i = 1; i < size; i++) {
      row[i] += above[i];
    }
  }

  private void average() {
    for (int i = 1; i < size; i++) {
      int left = i > filterStep ? row[i - filterStep] & 0xFF : 0;
      row[i] += (byte) ((left + (above[i] & 0xFF)) / 2);
    }
  }

  private void paeth() {
    for (int i = 1; i < Math.min(size, filterStep + 1); i++) {
      row[i] += above[i];
    }
    for (int i = filterStep + 1; i < size; i++) {
      int left = row[i - filterStep] & 0xFF;
      int up = above[i] & 0xFF;
      int corner = above[i - filterStep] & 0xFF;
      int byLeft = Math.abs(up - corner);
      int byUp = Math.abs(left - corner);
      int byCorner = Math.abs(left + up - 2 * corner);
      int nearest = byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
      row[i] += (byte) nearest;
    }
  }

  /** Writes RGB at {@code to} and every {@code step} bytes, and makes this row the one above. */
  void expand(byte[] rgb, int to, int step) {
    if (indexed) {
      palette.put(row, 1, header.depth(), pixels, rgb, to, step);
    } else {
      expandSamples(rgb, to, step);
    }
    swap();
  }

  // The high byte of 16 bits; alpha is dropped.
  private void expandSamples(byte[] rgb, int to, int step) {
    int sample = header.depth() / 8;
    int pixel = sample * header.channels();
    int green = header.channels() < 3 ? 0 : sample;
    for (int i = 0, at = to, from = 1; i < pixels; i++, at += step, from += pixel) {
      rgb[at] = row[from];
      rgb[at + 1] = row[from + green];
      rgb[at + 2] = row[from + 2 * green];
    }
  }
}

package dev.lakelens.decode;

import dev.lakelens.decode.PngChunks.Chunk;
import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * PNG (ISO/IEC 15948) of every colour type and depth. Rows are inflated one by one and go straight
 * into the pixels, so nothing else of the image's size is held.
 */
final class PngDecoder implements Decoder {
  // The seven passes of Adam7: first column and row, steps between columns and rows.
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };
  // Two rows are held, of up to 8 bytes a pixel.
  private static final long LONGEST_ROW = 64 << 20;

  private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

  private final Inflater inflater = new Inflater();

  @Override
  public Pixels decode(ImageHeader image, byte[] encoded, PixelBuffer buffer)
      throws RejectedException {
    PngHeader header = PngHeader.read(encoded);
    PngChunks chunks = new PngChunks(encoded);
    if (header.width() * header.bitsPerPixel() / 8 > LONGEST_ROW) {
      throw new RejectedException(
          Reason.TOO_MANY_PIXELS, "A PNG row of %d pixels is too long".formatted(header.width()));
    }
    inflater.reset();
    PngRow row = new PngRow(header, palette(chunks));
    byte[] pixels = buffer.take(image.bytes());
    if (header.interlaced()) {
      Arrays.fill(pixels, 0, image.bytes(), (byte) 0);
    }
    for (int[] pass : header.interlaced() ? ADAM7 : ONE_PASS) {
      if (!decodePass(pass, image, row, chunks, pixels)) {
        break;
      }
    }
    chunks.finish();
    return new Pixels(image.width(), image.height(), Pixels.ChannelOrder.RGB, pixels);
  }

  /** The bytes of PLTE, or none; the first image data are the inflater's input then. */
  private byte[] palette(PngChunks chunks) throws RejectedException {
    byte[] palette = {};
    Chunk chunk = chunks.next();
    for (; !chunk.is("IDAT"); chunk = chunks.next()) {
      if (chunk.is("IEND")) {
        throw new RejectedException(Reason.CORRUPT, "The PNG has no image data");
      }
      chunks.verify(chunk);
      if (chunk.is("PLTE")) {
        byte[] data = chunks.bytes().data();
        palette = Arrays.copyOfRange(data, chunk.at(), chunk.at() + chunk.length());
      }
    }
    setInput(chunks, chunk);
    return palette;
  }

  private void setInput(PngChunks chunks, Chunk chunk) {
    inflater.setInput(chunks.bytes().data(), chunk.at(), chunk.length());
  }

  /** False once the zlib stream ended, as Pillow does: pixels without data are black. */
  private boolean decodePass(
      int[] pass, ImageHeader image, PngRow row, PngChunks chunks, byte[] pixels)
      throws RejectedException {
    int count = (image.width() - pass[0] + pass[2] - 1) / pass[2];
    if (count < 1) {
      return true;
    }
    row.start(count);
    for (int y = pass[1]; y < image.height(); y += pass[3]) {
      inflate(row.filtered(), row.size(), chunks);
      row.unfilter();
      row.expand(pixels, (y * image.width() + pass[0]) * 3, pass[2] * 3);
      if (inflater.finished()) {
        if (pass == ONE_PASS[0]) {
          Arrays.fill(pixels, (y + 1) * image.width() * 3, image.bytes(), (byte) 0);
        }
        return false;
      }
    }
    return true;
  }

  private void inflate(byte[] target, int size, PngChunks chunks) throws RejectedException {
    int filled = 0;
    try {
      while (filled < size) {
        filled += inflater.inflate(target, filled, size - filled);
        if (filled < size) {
          nextInput(chunks);
        }
      }
    } catch (DataFormatException e) {
      throw new RejectedException(Reason.CORRUPT, "The PNG's zlib data are broken", e);
    }
  }

  private void nextInput(PngChunks chunks) throws RejectedException {
    if (inflater.needsDictionary()) {
      throw new RejectedException(Reason.CORRUPT, "The PNG's zlib data need a dictionary");
    }
    if (!inflater.finished()) {
      Chunk chunk = chunks.next();
      if (chunk.is("IDAT")) {
        setInput(chunks, chunk);
        return;
      }
    }
    throw new RejectedException(Reason.TRUNCATED, "The PNG's image data end early");
  }

  @Override
  public void close() {
    inflater.end();
  }
}

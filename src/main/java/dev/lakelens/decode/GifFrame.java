package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;

/**
 * The first frame of a GIF (GIF89a specification) on its logical screen, as Pillow places it: the
 * screen grows to hold the frame, and is filled with the transparent index, or 0.
 *
 * @param width of the screen, grown
 * @param height of the screen, grown
 * @param left column of the frame on the screen
 * @param top row of the frame on the screen
 * @param paletteAt first byte of the colours in use, or 0 where there are none
 * @param paletteSize number of colours
 * @param background index that fills the screen
 * @param codeSize bits of a literal
 * @param dataAt first byte of the first data block
 */
record GifFrame(
    int width,
    int height,
    int left,
    int top,
    int frameWidth,
    int frameHeight,
    int paletteAt,
    int paletteSize,
    int background,
    boolean interlaced,
    int codeSize,
    int dataAt) {
  private static final int TRAILER = ';';
  private static final int EXTENSION = '!';
  private static final int IMAGE = ',';
  private static final int GRAPHIC_CONTROL = 0xF9;

  static GifFrame read(byte[] encoded) throws RejectedException {
    ByteReader bytes = ByteReader.littleEndian(encoded);
    int flags = bytes.u8(10);
    int colours = (flags & 0x80) == 0 ? 0 : 2 << (flags & 7);
    int at = 13 + 3 * colours;
    int background = 0;
    while (bytes.u8(at) != IMAGE) {
      int block = bytes.u8(at);
      if (block == TRAILER) {
        throw new RejectedException(Reason.CORRUPT, "The GIF has no frame");
      }
      if (block == EXTENSION) {
        background = transparentIndex(bytes, at, background);
        at = skipBlocks(bytes, at + 2);
      } else {
        at++;
      }
    }
    return frame(bytes, at + 1, colours, background);
  }

  private static int transparentIndex(ByteReader bytes, int at, int otherwise)
      throws RejectedException {
    boolean control = bytes.u8(at + 1L) == GRAPHIC_CONTROL && bytes.u8(at + 2L) >= 4;
    return control && (bytes.u8(at + 3L) & 1) != 0 ? bytes.u8(at + 6L) : otherwise;
  }

  private static int skipBlocks(ByteReader bytes, int at) throws RejectedException {
    int next = at;
    for (int length = bytes.u8(next); length > 0; length = bytes.u8(next)) {
      next += 1 + length;
    }
    return next + 1;
  }

  private static GifFrame frame(ByteReader bytes, int at, int globalColours, int background)
      throws RejectedException {
    int left = bytes.u16(at);
    int top = bytes.u16(at + 2L);
    int frameWidth = bytes.u16(at + 4L);
    int frameHeight = bytes.u16(at + 6L);
    int flags = bytes.u8(at + 8L);
    int localColours = (flags & 0x80) == 0 ? 0 : 2 << (flags & 7);
    int dataAt = at + 9 + 3 * localColours;
    if (frameWidth == 0 || frameHeight == 0) {
      throw new RejectedException(
          Reason.CORRUPT, "The GIF's frame has %d x %d pixels".formatted(frameWidth, frameHeight));
    }
    return new GifFrame(
        Math.max(bytes.u16(6), left + frameWidth),
        Math.max(bytes.u16(8), top + frameHeight),
        left,
        top,
        frameWidth,
        frameHeight,
        localColours > 0 ? at + 9 : globalColours > 0 ? 13 : 0,
        localColours > 0 ? localColours : globalColours,
        background,
        (flags & 0x40) != 0,
        bytes.u8(dataAt),
        dataAt + 1);
  }
}

package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;

/**
 * The logical screen of a GIF and the place of its first frame on it (GIF89a, sections 18 to 23).
 *
 * @param screenWidth that holds the frame, in pixels
 * @param screenHeight that holds the frame, in pixels
 * @param left of the frame
 * @param top of the frame
 * @param background colour index of what the frame does not cover
 */
record GifFrame(int screenWidth, int screenHeight, int left, int top, int background) {
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;
  private static final int GRAPHIC_CONTROL = 0xF9;

  static GifFrame read(byte[] encoded) throws RejectedException {
    ByteReader in = new ByteReader(encoded).littleEndian();
    int width = in.unsignedShort(6);
    int height = in.unsignedShort(8);
    int flags = in.unsignedByte(10);
    int background = 0;
    long at = 13 + ((flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1));
    while (true) {
      int introducer = in.unsignedByte(at);
      if (introducer == IMAGE) {
        int left = in.unsignedShort(at + 1);
        int top = in.unsignedShort(at + 3);
        int right = left + in.unsignedShort(at + 5);
        int bottom = top + in.unsignedShort(at + 7);
        return new GifFrame(
            Math.max(width, right), Math.max(height, bottom), left, top, background);
      }
      if (introducer != EXTENSION) {
        throw new RejectedException(Reason.CORRUPT, "GIF without an image");
      }
      // As Pillow does: a transparent frame leaves its transparent colour around it.
      boolean transparent =
          in.unsignedByte(at + 1) == GRAPHIC_CONTROL && (in.unsignedByte(at + 3) & 1) == 1;
      background = transparent ? in.unsignedByte(at + 6) : background;
      at = skipSubBlocks(in, at + 2);
    }
  }

  private static long skipSubBlocks(ByteReader in, long first) throws RejectedException {
    long at = first;
    while (in.unsignedByte(at) > 0) {
      at += 1 + in.unsignedByte(at);
    }
    return at + 1;
  }
}

package dev.lakelens.decode;

import dev.lakelens.decode.JpegMarkers.Segment;
import dev.lakelens.decode.PngChunks.Chunk;
import dev.lakelens.image.RejectedException;

/**
 * The orientation that a camera wrote (EXIF 2.32, tag 0x0112): 1 is upright; 2 to 8 are turned and
 * mirrored.
 */
final class Orientation {
  static final int UPRIGHT = 1;

  private Orientation() {}

  /** 1 to 8; what cannot be read, or is none of these, is upright. */
  static int read(ImageFormat format, byte[] encoded) {
    try {
      int header =
          switch (format) {
            case JPEG -> inJpeg(encoded);
            case PNG -> inPng(encoded);
            case WEBP -> inWebp(encoded);
            case TIFF -> 0;
            case GIF, BMP -> -1;
          };
      if (header < 0) {
        return UPRIGHT;
      }
      long value = TiffDirectory.read(encoded, header).number(TiffDirectory.ORIENTATION, UPRIGHT);
      return value >= 1 && value <= 8 ? (int) value : UPRIGHT;
    } catch (RejectedException e) {
      // EXIF data that cannot be read say nothing; the image itself is judged by its decoder.
      return UPRIGHT;
    }
  }

  private static int inJpeg(byte[] encoded) throws RejectedException {
    JpegMarkers markers = new JpegMarkers(encoded);
    for (Segment segment = markers.next();
        !segment.isScan() && !segment.isEnd();
        segment = markers.next()) {
      if (markers.begins(segment, JpegMarkers.APP1, "Exif\0\0")) {
        return segment.at() + 6;
      }
    }
    return -1;
  }

  private static int inPng(byte[] encoded) throws RejectedException {
    PngChunks chunks = new PngChunks(encoded);
    for (Chunk chunk = chunks.next(); !chunk.is("IEND"); chunk = chunks.next()) {
      if (chunk.is("eXIf")) {
        return afterPrefix(chunks.bytes(), chunk.at());
      }
    }
    return -1;
  }

  private static int inWebp(byte[] encoded) throws RejectedException {
    int at = WebpContainer.find(encoded, "EXIF");
    return at < 0 ? at : afterPrefix(ByteReader.littleEndian(encoded), at);
  }

  private static int afterPrefix(ByteReader bytes, int at) {
    return bytes.matches(at, "Exif\0\0") ? at + 6 : at;
  }

  /** Turns and mirrors the pixels into another buffer. */
  static Pixels apply(int orientation, Pixels stored, PixelBuffer buffer) {
    if (orientation == UPRIGHT) {
      return stored;
    }
    boolean sideways = orientation >= 5;
    int width = sideways ? stored.height() : stored.width();
    int height = sideways ? stored.width() : stored.height();
    byte[] shown = buffer.take(width * height * 3);
    // Steps in the stored data for one pixel to the right and one down in the shown image.
    int right = sideways ? stored.width() : 1;
    int down = sideways ? 1 : stored.width();
    boolean fromRight =
        orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
    boolean fromBottom =
        orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    int first = (fromRight ? (width - 1) * right : 0) + (fromBottom ? (height - 1) * down : 0);
    int stepRight = fromRight ? -right : right;
    int stepDown = fromBottom ? -down : down;
    for (int y = 0, to = 0; y < height; y++) {
      int from = (first + y * stepDown) * 3;
      for (int x = 0; x < width; x++, to += 3, from += 3 * stepRight) {
        shown[to] = stored.data()[from];
        shown[to + 1] = stored.data()[from + 1];
        shown[to + 2] = stored.data()[from + 2];
      }
    }
    return new Pixels(width, height, stored.order(), shown);
  }
}

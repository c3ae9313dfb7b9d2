package dev.lakelens.decode;

import dev.lakelens.image.RejectedException;

/** Walks over the markers of a JPEG (ITU-T T.81, annex B). */
final class JpegMarkers {
  private static final int END_OF_IMAGE = 0xD9;

  private JpegMarkers() {}

  /** Offset of the byte that names the next marker; bytes that are no marker are passed over. */
  static long next(ByteReader in, long from) throws RejectedException {
    long at = from;
    while (true) {
      while (in.unsignedByte(at) != 0xFF) {
        at++;
      }
      while (in.unsignedByte(at) == 0xFF) {
        at++;
      }
      if (in.unsignedByte(at) != 0) {
        return at;
      }
    }
  }

  /** Offset of the marker after the segment of the one at {@code at}. */
  static long afterSegment(ByteReader in, long at) throws RejectedException {
    return next(in, standsAlone(in.unsignedByte(at)) ? at + 1 : at + 1 + in.unsignedShort(at + 1));
  }

  /** Whether the image reaches its end marker. Most files end with it. */
  static boolean complete(byte[] encoded) {
    int length = encoded.length;
    return endsWithMarker(encoded, length) || walksToEnd(new ByteReader(encoded));
  }

  private static boolean endsWithMarker(byte[] encoded, int length) {
    return encoded[length - 2] == (byte) 0xFF && encoded[length - 1] == (byte) END_OF_IMAGE;
  }

  private static boolean walksToEnd(ByteReader in) {
    try {
      long at = next(in, 2);
      while (in.unsignedByte(at) != END_OF_IMAGE) {
        at = afterSegment(in, at);
      }
      return true;
    } catch (RejectedException e) {
      return false; // the bytes end first
    }
  }

  /** TEM, restarts and SOI have no segment. */
  private static boolean standsAlone(int marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker < END_OF_IMAGE);
  }
}

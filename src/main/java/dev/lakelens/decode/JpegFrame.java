package dev.lakelens.decode;

import dev.lakelens.decode.JpegMarkers.Segment;
import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;

/**
 * The frame header of a JPEG (ITU-T T.81, B.2.2), and what the segments before it say of colour.
 *
 * @param process the marker's second byte: {@code 0xC0} baseline, {@code 0xC2} progressive
 * @param width in pixels, 0 is possible
 * @param height in pixels, 0 is possible
 * @param ids of the components // [components]
 * @param horizontal sampling factors // [components]
 * @param vertical sampling factors // [components]
 * @param jfif whether a JFIF segment came before
 * @param adobeTransform of the Adobe segment, or {@link #NO_ADOBE}
 */
record JpegFrame(
    int process,
    int width,
    int height,
    int[] ids,
    int[] horizontal,
    int[] vertical,
    boolean jfif,
    int adobeTransform) {
  static final int NO_ADOBE = -1;

  /** How the components stand for colour. */
  enum Colour {
    GRAY,
    RGB,
    YCC,
    CMYK,
    YCCK
  }

  int components() {
    return ids.length;
  }

  boolean arithmetic() {
    return process >= 0xC9;
  }

  boolean progressive() {
    return process == 0xC2 || process == 0xCA;
  }

  /** As libjpeg decides in {@code default_decompress_parms}. */
  Colour colour() {
    return switch (components()) {
      case 1 -> Colour.GRAY;
      case 3 -> isRgb() ? Colour.RGB : Colour.YCC;
      default -> adobeTransform == NO_ADOBE || adobeTransform == 0 ? Colour.CMYK : Colour.YCCK;
    };
  }

  private boolean isRgb() {
    if (jfif) {
      return false;
    }
    if (adobeTransform != NO_ADOBE) {
      return adobeTransform == 0;
    }
    return ids[0] == 'R' && ids[1] == 'G' && ids[2] == 'B';
  }

  /**
   * Whether a component has full width and half height: libjpeg 6b repeats its rows, libjpeg-turbo
   * interpolates them.
   */
  boolean upsamplesRowsOnly() {
    int widest = 0;
    int highest = 0;
    for (int i = 0; i < components(); i++) {
      widest = Math.max(widest, horizontal[i]);
      highest = Math.max(highest, vertical[i]);
    }
    for (int i = 0; i < components(); i++) {
      if (horizontal[i] == widest && vertical[i] * 2 == highest) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads up to the frame header.
   *
   * @throws RejectedException {@code TRUNCATED} before a frame header, {@code CORRUPT} where a
   *     marker is none, {@code UNSUPPORTED_FORMAT} for what neither Pillow nor OpenCV decodes
   */
  static JpegFrame read(byte[] encoded) throws RejectedException {
    JpegMarkers markers = new JpegMarkers(encoded);
    boolean jfif = false;
    int adobe = NO_ADOBE;
    while (true) {
      Segment segment = markers.next();
      if (segment.isFrame()) {
        return frame(markers.bytes(), segment, jfif, adobe);
      }
      if (segment.isScan() || segment.isEnd()) {
        throw new RejectedException(Reason.CORRUPT, "The JPEG has no frame header before its scan");
      }
      // libjpeg reads 14 and 12 bytes of these segments.
      jfif |= segment.length() >= 14 && markers.begins(segment, JpegMarkers.APP0, "JFIF\0");
      if (segment.length() >= 12 && markers.begins(segment, JpegMarkers.APP14, "Adobe")) {
        adobe = markers.bytes().u8(segment.at() + 11);
      }
    }
  }

  private static JpegFrame frame(ByteReader bytes, Segment segment, boolean jfif, int adobe)
      throws RejectedException {
    int marker = segment.marker();
    int at = segment.at();
    int precision = bytes.u8(at);
    int components = bytes.u8(at + 5);
    if (precision != 8 || (components != 1 && components != 3 && components != 4)) {
      throw new RejectedException(
          Reason.UNSUPPORTED_FORMAT,
          "A JPEG of %d components with %d bits is not decoded".formatted(components, precision));
    }
    if (marker != 0xC0 && marker != 0xC1 && marker != 0xC2 && marker != 0xC9 && marker != 0xCA) {
      throw new RejectedException(
          Reason.UNSUPPORTED_FORMAT,
          "A JPEG of process SOF%d (lossless or hierarchical) is not decoded"
              .formatted(marker - 0xC0));
    }
    if (segment.length() != 6 + 3 * components) {
      throw new RejectedException(Reason.CORRUPT, "The JPEG's frame header has a wrong length");
    }
    int[] ids = new int[components];
    int[] horizontal = new int[components];
    int[] vertical = new int[components];
    for (int i = 0; i < components; i++) {
      ids[i] = bytes.u8(at + 6 + 3 * i);
      horizontal[i] = bytes.u8(at + 7 + 3 * i) >> 4;
      vertical[i] = bytes.u8(at + 7 + 3 * i) & 15;
    }
    return new JpegFrame(
        marker, bytes.u16(at + 3), bytes.u16(at + 1), ids, horizontal, vertical, jfif, adobe);
  }
}

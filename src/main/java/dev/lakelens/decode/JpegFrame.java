package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.util.List;

/**
 * What a JPEG says before its first scan (ITU-T T.81, annex B).
 *
 * @param width in pixels
 * @param height in pixels
 * @param components 1, 3 or 4
 * @param colors of the components, by the rules of libjpeg
 * @param exif offset of the TIFF data in its Exif segment, or -1
 * @param tallChroma whether chroma is halved in height and not in width
 */
record JpegFrame(
    int width, int height, int components, Colors colors, int exif, boolean tallChroma) {

  /** Colour spaces of a JPEG file. */
  enum Colors {
    GRAY,
    YCBCR,
    RGB,
    CMYK,
    YCCK
  }

  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;

  /** Baseline, extended and progressive, with Huffman or arithmetic coding. */
  private static final List<Integer> DECODED_FRAMES = List.of(0xC0, 0xC1, 0xC2, 0xC9, 0xCA);

  static JpegFrame read(byte[] encoded) throws RejectedException {
    ByteReader in = new ByteReader(encoded);
    long frame = -1;
    boolean jfif = false;
    int adobe = -1;
    int exif = -1;
    long at = JpegMarkers.next(in, 2);
    while (in.unsignedByte(at) != START_OF_SCAN) {
      int marker = in.unsignedByte(at);
      if (marker == END_OF_IMAGE) {
        throw new RejectedException(Reason.CORRUPT, "JPEG without a scan");
      }
      if (isFrame(marker)) {
        requireDecoded(marker, in.unsignedByte(at + 3));
        frame = at;
      } else if (marker == APP0 && in.matches(at + 3, "JFIF\0")) {
        jfif = true;
      } else if (marker == APP1 && in.matches(at + 3, "Exif\0\0")) {
        exif = (int) at + 9;
      } else if (marker == APP14 && in.matches(at + 3, "Adobe")) {
        adobe = in.unsignedByte(at + 14);
      }
      at = JpegMarkers.afterSegment(in, at);
    }
    if (frame < 0) {
      throw new RejectedException(Reason.CORRUPT, "JPEG without a frame");
    }
    return of(in, frame, jfif, adobe, exif);
  }

  private static JpegFrame of(ByteReader in, long frame, boolean jfif, int adobe, int exif)
      throws RejectedException {
    int components = in.unsignedByte(frame + 8);
    if (components != 1 && components != 3 && components != 4) {
      throw new RejectedException(
          Reason.UNSUPPORTED_FORMAT, "JPEG with %d components".formatted(components));
    }
    int sampling = in.unsignedByte(frame + 10);
    int chroma = components == 1 ? sampling : in.unsignedByte(frame + 13);
    return new JpegFrame(
        in.unsignedShort(frame + 6),
        in.unsignedShort(frame + 4),
        components,
        colors(in, frame, components, jfif, adobe),
        exif,
        sampling >> 4 == chroma >> 4 && (sampling & 15) > (chroma & 15));
  }

  private static Colors colors(ByteReader in, long frame, int components, boolean jfif, int adobe)
      throws RejectedException {
    if (components == 1) {
      return Colors.GRAY;
    }
    if (components == 4) {
      return adobe == 2 ? Colors.YCCK : Colors.CMYK;
    }
    if (jfif) {
      return Colors.YCBCR;
    }
    if (adobe >= 0) {
      return adobe == 0 ? Colors.RGB : Colors.YCBCR;
    }
    boolean rgb =
        in.unsignedByte(frame + 9) == 'R'
            && in.unsignedByte(frame + 12) == 'G'
            && in.unsignedByte(frame + 15) == 'B';
    return rgb ? Colors.RGB : Colors.YCBCR;
  }

  private static boolean isFrame(int marker) {
    // DHT, JPG and DAC lie among the frames.
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static void requireDecoded(int marker, int precision) throws RejectedException {
    if (!DECODED_FRAMES.contains(marker)) {
      throw new RejectedException(
          Reason.UNSUPPORTED_FORMAT,
          "lossless or hierarchical JPEG (SOF%d)".formatted(marker & 15));
    }
    if (precision != 8) {
      throw new RejectedException(
          Reason.UNSUPPORTED_FORMAT, "JPEG with %d bits a sample".formatted(precision));
    }
  }
}

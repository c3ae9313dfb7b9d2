package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;

/**
 * Walks over the markers of a JPEG as libjpeg does: bytes that are no marker are passed over, and
 * so are fill bytes; entropy-coded data end at the first marker that is no restart.
 */
final class JpegMarkers {
  static final int END = 0xD9;
  static final int SCAN = 0xDA;
  static final int APP0 = 0xE0;
  static final int APP1 = 0xE1;
  static final int APP14 = 0xEE;
  private static final int RESTART_INTERVAL = 0xDD;
  private static final int TEMPORARY = 0x01;

  /**
   * A marker and what follows it.
   *
   * @param marker its second byte
   * @param at where the content starts, behind its length
   * @param length of the content; 0 for an end marker
   */
  record Segment(int marker, int at, int length) {
    boolean isFrame() {
      return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    boolean isScan() {
      return marker == SCAN;
    }

    boolean isEnd() {
      return marker == END;
    }
  }

  private final ByteReader bytes;
  private int at = 2;
  private boolean inScan;
  private boolean restarts;
  private boolean progressive;
  private boolean scanned;

  JpegMarkers(byte[] encoded) {
    this.bytes = ByteReader.bigEndian(encoded);
  }

  ByteReader bytes() {
    return bytes;
  }

  /**
   * The next marker that is no restart, with its segment.
   *
   * @throws RejectedException {@code TRUNCATED} at the end of the file, {@code CORRUPT} for a
   *     marker that libjpeg does not know
   */
  Segment next() throws RejectedException {
    int marker = nextMarker();
    if (marker == END) {
      return new Segment(marker, at, 0);
    }
    if (!isKnown(marker)) {
      throw new RejectedException(
          Reason.CORRUPT, "The JPEG has the unsupported marker ff%02x".formatted(marker));
    }
    int length = bytes.u16(at);
    if (length < 2) {
      throw new RejectedException(Reason.CORRUPT, "A JPEG segment has the length " + length);
    }
    Segment segment = new Segment(marker, at + 2, length - 2);
    requireWhole(segment);
    at += length;
    inScan = marker == SCAN;
    progressive |= marker == 0xC2 || marker == 0xCA;
    scanned |= inScan;
    restarts = marker == RESTART_INTERVAL ? bytes.u16(segment.at()) > 0 : restarts;
    return segment;
  }

  /** Whether a segment has the marker, and content that begins so. */
  boolean begins(Segment segment, int marker, String latin1) {
    return segment.marker() == marker && bytes.matches(segment.at(), latin1);
  }

  // Behind the one scan of a sequential JPEG, a table that the file cannot hold is broken entropy
  // data: libjpeg waits for the rest of other segments, and refuses the content of this one.
  private void requireWhole(Segment segment) throws RejectedException {
    int marker = segment.marker();
    boolean table = marker < END || marker == 0xDB || marker == RESTART_INTERVAL;
    if (table && scanned && !progressive && !bytes.has(segment.at(), segment.length())) {
      throw new RejectedException(
          Reason.CORRUPT, "The JPEG has the marker ff%02x in its scan".formatted(marker));
    }
    bytes.require(segment.at(), segment.length());
  }

  private int nextMarker() throws RejectedException {
    int passedOver = 0;
    while (true) {
      int marker = anyMarker();
      boolean isRestart = marker >= 0xD0 && marker <= 0xD7;
      if (isRestart) {
        passedOver = 0;
      } else if (inScan && restarts && marker < 0xC0) {
        // libjpeg looks for the next restart.
        passedOver = passedOver == 0 ? marker : passedOver;
      } else if (!inScan || marker != TEMPORARY) {
        return passedOver == 0 ? marker : passedOver;
      }
    }
  }

  private int anyMarker() throws RejectedException {
    byte[] data = bytes.data();
    int i = at;
    while (true) {
      while (i < data.length && data[i] != -1) {
        i++;
      }
      while (i < data.length && data[i] == -1) {
        i++;
      }
      if (i >= data.length) {
        throw new RejectedException(
            Reason.TRUNCATED, "The JPEG ends without an end marker after %d bytes".formatted(i));
      }
      if (data[i++] != 0) {
        at = i;
        return data[i - 1] & 0xFF;
      }
    }
  }

  // Frames, tables, SOS, DQT, DRI, DNL, APPn, COM.
  private static boolean isKnown(int marker) {
    return (marker >= 0xC0 && marker <= 0xCF && marker != 0xC8)
        || (marker >= SCAN && marker <= 0xDD)
        || (marker >= APP0 && marker <= 0xEF)
        || marker == 0xFE;
  }
}

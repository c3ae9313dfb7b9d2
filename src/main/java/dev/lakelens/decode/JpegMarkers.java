package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.util.Arrays;

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

  private static final int MOST_SCANS = 1000;
  // Coefficients that libjpeg-turbo looks at before it smooths.
  private static final int SMOOTHED = 10;

  private final ByteReader bytes;
  private int at = 2;
  private int payload;
  private int payloadLength;
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

  /** Where the segment of the last marker starts, behind its length. */
  int payload() {
    return payload;
  }

  int payloadLength() {
    return payloadLength;
  }

  static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /**
   * The second byte of the next marker that is no restart; its segment is passed over.
   *
   * @throws RejectedException {@code TRUNCATED} at the end of the file, {@code CORRUPT} for a
   *     marker that libjpeg does not know
   */
  int next() throws RejectedException {
    int marker = nextMarker();
    if (marker == END) {
      return marker;
    }
    if (!isKnown(marker)) {
      throw new RejectedException(
          Reason.CORRUPT, "The JPEG has the unsupported marker ff%02x".formatted(marker));
    }
    int length = bytes.u16(at);
    if (length < 2) {
      throw new RejectedException(Reason.CORRUPT, "A JPEG segment has the length " + length);
    }
    payload = at + 2;
    payloadLength = length - 2;
    requireSegment(marker);
    at = payload + payloadLength;
    inScan = marker == SCAN;
    progressive |= marker == 0xC2 || marker == 0xCA;
    scanned |= inScan;
    restarts = marker == RESTART_INTERVAL ? bytes.u16(payload) > 0 : restarts;
    return marker;
  }

  // Behind the one scan of a sequential JPEG a table that the file cannot hold is broken entropy
  // data:
  // libjpeg waits for the rest of other segments, and refuses the content of this one.
  private void requireSegment(int marker) throws RejectedException {
    boolean table = marker < END || marker == 0xDB || marker == RESTART_INTERVAL;
    if (table && scanned && !progressive && !bytes.has(payload, payloadLength)) {
      throw new RejectedException(
          Reason.CORRUPT, "The JPEG has the marker ff%02x in its scan".formatted(marker));
    }
    bytes.require(payload, payloadLength);
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

  /**
   * Walks over all markers: whether the last one is an end marker.
   *
   * @throws RejectedException {@code CORRUPT} where libjpeg stops at a marker before it, or where
   *     there are so many scans that decoding them is an attack
   */
  static boolean reachesEnd(byte[] encoded) throws RejectedException {
    JpegMarkers markers = new JpegMarkers(encoded);
    int frames = 0;
    int scans = 0;
    try {
      for (int marker = markers.next(); marker != END; marker = markers.next()) {
        frames += isFrame(marker) ? 1 : 0;
        scans += marker == SCAN ? 1 : 0;
        if (frames > 1 || scans > MOST_SCANS) {
          throw new RejectedException(
              Reason.CORRUPT, "The JPEG has %d frames and %d scans".formatted(frames, scans));
        }
      }
      return true;
    } catch (RejectedException e) {
      if (e.rejection().reason() == Reason.TRUNCATED) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Whether every component's low frequencies come to their last bit. Where they do not, libjpeg
   * smooths the blocks, and its versions do so differently.
   */
  static boolean isFullyRefined(byte[] encoded, JpegFrame frame) throws RejectedException {
    // Bits that are missing of each coefficient // [components, SMOOTHED]
    int[][] missing = new int[frame.components()][SMOOTHED];
    for (int[] coefficients : missing) {
      Arrays.fill(coefficients, 1);
    }
    JpegMarkers markers = new JpegMarkers(encoded);
    for (int marker = markers.next(); marker != END; marker = markers.next()) {
      if (marker == SCAN) {
        markers.readScan(frame.ids(), missing);
      }
    }
    return Arrays.stream(missing).flatMapToInt(Arrays::stream).allMatch(bits -> bits == 0);
  }

  // ITU-T T.81, B.2.3: component selectors, then the band of coefficients, then bit positions.
  private void readScan(int[] ids, int[][] missing) throws RejectedException {
    int count = bytes.u8(payload);
    int band = payload + 1 + 2 * count;
    int last = Math.min(bytes.u8(band + 1L), SMOOTHED - 1);
    for (int i = 0; i < count; i++) {
      int id = bytes.u8(payload + 1L + 2L * i);
      for (int c = 0; c < ids.length; c++) {
        for (int k = bytes.u8(band); ids[c] == id && k <= last; k++) {
          missing[c][k] = bytes.u8(band + 2L) & 15;
        }
      }
    }
  }
}

package dev.lakelens.decode;

import dev.lakelens.decode.JpegMarkers.Segment;
import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.util.Arrays;

/** Whether the scans of a JPEG are all there, by their markers and headers alone. */
final class JpegScans {
  private static final int MOST = 1000;
  // Coefficients that libjpeg-turbo looks at before it smooths.
  private static final int SMOOTHED = 10;

  private JpegScans() {}

  /**
   * Whether an end marker follows them.
   *
   * @throws RejectedException {@code CORRUPT} where libjpeg stops at a marker before it, or where
   *     there are so many scans that decoding them is an attack
   */
  static boolean reachEnd(byte[] encoded) throws RejectedException {
    JpegMarkers markers = new JpegMarkers(encoded);
    int frames = 0;
    int scans = 0;
    try {
      for (Segment segment = markers.next(); !segment.isEnd(); segment = markers.next()) {
        frames += segment.isFrame() ? 1 : 0;
        scans += segment.isScan() ? 1 : 0;
        if (frames > 1 || scans > MOST) {
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
  static boolean refineFully(byte[] encoded, JpegFrame frame) throws RejectedException {
    // Bits that are missing of each coefficient // [components, SMOOTHED]
    int[][] missing = new int[frame.components()][SMOOTHED];
    for (int[] coefficients : missing) {
      Arrays.fill(coefficients, 1);
    }
    JpegMarkers markers = new JpegMarkers(encoded);
    for (Segment segment = markers.next(); !segment.isEnd(); segment = markers.next()) {
      if (segment.isScan()) {
        refine(markers.bytes(), segment.at(), frame.ids(), missing);
      }
    }
    return Arrays.stream(missing).flatMapToInt(Arrays::stream).allMatch(bits -> bits == 0);
  }

  // ITU-T T.81, B.2.3: component selectors, then the band of coefficients, then bit positions.
  private static void refine(ByteReader bytes, int at, int[] ids, int[][] missing)
      throws RejectedException {
    int count = bytes.u8(at);
    int band = at + 1 + 2 * count;
    int last = Math.min(bytes.u8(band + 1L), SMOOTHED - 1);
    for (int i = 0; i < count; i++) {
      int id = bytes.u8(at + 1L + 2L * i);
      for (int c = 0; c < ids.length; c++) {
        for (int k = bytes.u8(band); ids[c] == id && k <= last; k++) {
          missing[c][k] = bytes.u8(band + 2L) & 15;
        }
      }
    }
  }
}

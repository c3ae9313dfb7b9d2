package dev.lakelens.decode;

import static java.util.Objects.requireNonNull;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;

/** Rows of Spark's own {@code image} schema: decoded already, in the order of OpenCV. */
public final class SparkImage {
  // OpenCV's CV_8UC1, CV_8UC3 and CV_8UC4, as org.apache.spark.ml.image.ImageSchema writes them.
  private static final int GRAY = 0;
  private static final int BGR = 16;
  private static final int BGRA = 24;

  private SparkImage() {}

  /**
   * Pixels of a row; alpha is dropped. Where there are three channels they share {@code data}.
   *
   * @param channels 1, 3 or 4
   * @param mode OpenCV's type: unsigned 8-bit of as many channels
   * @param data rows from top to bottom // [height, width, channels], blue first
   * @throws RejectedException {@code CORRUPT} where the size and the data do not agree, {@code
   *     UNSUPPORTED_FORMAT} for another mode
   */
  public static Pixels pixels(int width, int height, int channels, int mode, byte[] data)
      throws RejectedException {
    requireNonNull(data, "data is null");
    if (mode != GRAY && mode != BGR && mode != BGRA) {
      throw new RejectedException(
          Reason.UNSUPPORTED_FORMAT, "Images of OpenCV's mode %d are not read".formatted(mode));
    }
    int channelsOfMode = mode == GRAY ? 1 : mode == BGR ? 3 : 4;
    boolean whole = width > 0 && height > 0 && data.length == (long) width * height * channels;
    if (!whole || channels != channelsOfMode || 3L * width * height > Integer.MAX_VALUE - 8) {
      throw new RejectedException(
          Reason.CORRUPT,
          "%d bytes are not %d x %d pixels of %d channels and mode %d"
              .formatted(data.length, width, height, channels, mode));
    }
    byte[] bgr = channels == 3 ? data : threeChannels(data, channels);
    return new Pixels(width, height, Pixels.ChannelOrder.BGR, bgr);
  }

  private static byte[] threeChannels(byte[] data, int channels) {
    byte[] bgr = new byte[data.length / channels * 3];
    int next = channels == 1 ? 0 : 1;
    for (int from = 0, at = 0; from < data.length; from += channels, at += 3) {
      bgr[at] = data[from];
      bgr[at + 1] = data[from + next];
      bgr[at + 2] = data[from + 2 * next];
    }
    return bgr;
  }
}

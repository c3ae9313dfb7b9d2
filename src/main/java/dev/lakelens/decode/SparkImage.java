package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;

/** Images that Spark's {@code image} source has decoded: 8-bit gray, BGR or BGRA. */
public final class SparkImage {
  private SparkImage() {}

  /**
   * Pixels of one image; alpha is dropped.
   *
   * @param mode OpenCV's type code: 0, 16 and 24 are 8-bit with 1, 3 and 4 channels
   * @param data interleaved // [height, width, channels]
   * @throws RejectedException for another type, or sizes that contradict each other
   */
  public static Pixels pixels(int width, int height, int channels, int mode, byte[] data)
      throws RejectedException {
    if ((channels != 1 && channels != 3 && channels != 4) || mode != 8 * (channels - 1)) {
      throw new RejectedException(
          Reason.UNSUPPORTED_FORMAT,
          "an image of %d channels and mode %d; 8-bit gray, BGR and BGRA are read"
              .formatted(channels, mode));
    }
    long pixels = (long) width * height;
    if (width < 1 || height < 1 || data.length != pixels * channels) {
      throw new RejectedException(
          Reason.CORRUPT,
          "%,d bytes are not %d x %d pixels of %d channels"
              .formatted(data.length, width, height, channels));
    }
    return new Pixels(width, height, Pixels.ChannelOrder.BGR, bgr(data, channels));
  }

  private static byte[] bgr(byte[] data, int channels) {
    if (channels == 3) {
      return data;
    }
    byte[] bgr = new byte[data.length / channels * 3];
    for (int from = 0, to = 0; from < data.length; from += channels, to += 3) {
      bgr[to] = data[from];
      bgr[to + 1] = data[from + (channels == 1 ? 0 : 1)];
      bgr[to + 2] = data[from + (channels == 1 ? 0 : 2)];
    }
    return bgr;
  }
}

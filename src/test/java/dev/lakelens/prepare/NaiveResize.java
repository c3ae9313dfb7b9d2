package dev.lakelens.prepare;

import dev.lakelens.decode.Pixels;
import dev.lakelens.decode.Pixels.ChannelOrder;
import dev.lakelens.model.Preprocessing;

/** Resize and crop by plain loops, as the definition says it. */
final class NaiveResize {
  private NaiveResize() {}

  /** The crop, 8-bit RGB // [size, size, 3] */
  static byte[] crop(Pixels pixels, Preprocessing preprocessing) {
    ResizePlan plan = ResizePlan.of(preprocessing, pixels.width(), pixels.height());
    int size = preprocessing.inputSize();
    Pixels source = plan.transposed() ? transpose(pixels) : pixels;
    byte[] crop = vertical(horizontal(source, plan.first(), plan.second()), plan.second(), size);
    return plan.transposed()
        ? transpose(new Pixels(size, size, ChannelOrder.RGB, crop)).data()
        : crop;
  }

  private static Pixels transpose(Pixels pixels) {
    int width = pixels.width();
    int height = pixels.height();
    byte[] data = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        System.arraycopy(pixels.data(), 3 * (y * width + x), data, 3 * (x * height + y), 3);
      }
    }
    return new Pixels(height, width, pixels.order(), data);
  }

  /** The source rows that the crop needs, resized // [rows, size, 3] RGB */
  private static byte[][] horizontal(Pixels pixels, FilterWeights columns, FilterWeights rows) {
    int red = pixels.order() == ChannelOrder.RGB ? 0 : 2;
    byte[][] resized = new byte[rows.endSource() - rows.firstSource()][3 * columns.count()];
    for (int y = 0; y < resized.length; y++) {
      long row = (long) (rows.firstSource() + y) * pixels.width();
      for (int x = 0; x < columns.count(); x++) {
        for (int c = 0; c < 3; c++) {
          int sum = FilterWeights.HALF;
          int[] taps = columns.weights(x);
          for (int t = 0; t < taps.length; t++) {
            int at = (int) (3 * (row + columns.start(x) + t)) + Math.abs(red - c);
            sum += taps[t] * (pixels.data()[at] & 0xff);
          }
          resized[y][3 * x + c] = clip(sum);
        }
      }
    }
    return resized;
  }

  private static byte[] vertical(byte[][] resized, FilterWeights rows, int size) {
    byte[] crop = new byte[size * size * 3];
    for (int y = 0; y < size; y++) {
      int[] taps = rows.weights(y);
      for (int i = 0; i < size * 3; i++) {
        int sum = FilterWeights.HALF;
        for (int t = 0; t < taps.length; t++) {
          sum += taps[t] * (resized[rows.start(y) - rows.firstSource() + t][i] & 0xff);
        }
        crop[y * size * 3 + i] = clip(sum);
      }
    }
    return crop;
  }

  private static byte clip(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> FilterWeights.PRECISION_BITS));
  }
}

package dev.lakelens.prepare;

import dev.lakelens.decode.Pixels;
import dev.lakelens.decode.Pixels.ChannelOrder;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints the milliseconds that a photo and 12 megapixels take: least and median, when warm. */
final class ResizeTimes {
  private ResizeTimes() {}

  public static void main(String[] args) {
    print(500, 375, 3000, 500);
    print(4000, 3000, 60, 60);
  }

  private static void print(int width, int height, int warmUp, int count) {
    Preprocessing preprocessing =
        new Preprocessing(
            224,
            Resize.SHORTER_SIDE,
            256,
            Interpolation.BICUBIC,
            Range.UNIT,
            List.of(0.5, 0.5, 0.5),
            List.of(0.5, 0.5, 0.5));
    Preparer preparer = new Preparer(preprocessing);
    Tensor tensor = new Tensor(1, 224);
    Pixels pixels = GeneratedImage.NOISE.pixels(width, height, ChannelOrder.RGB);
    for (int i = 0; i < warmUp; i++) {
      preparer.prepare(pixels, tensor, 0);
    }
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      preparer.prepare(pixels, tensor, 0);
      times[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    System.out.printf(
        Locale.ROOT,
        "%d x %d: least %.3f ms, median %.3f ms%n",
        width,
        height,
        times[0],
        times[count / 2]);
  }
}

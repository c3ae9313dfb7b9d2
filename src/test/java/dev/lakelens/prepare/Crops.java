package dev.lakelens.prepare;

import dev.lakelens.decode.Pixels;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Range;
import java.nio.FloatBuffer;
import java.util.List;

/** Crops before they are normalised. */
final class Crops {
  private Crops() {}

  /** The preprocessing whose floats are the 8-bit values themselves. */
  static Preprocessing unnormalised(Preprocessing preprocessing) {
    return new Preprocessing(
        preprocessing.inputSize(),
        preprocessing.resize(),
        preprocessing.resizeTo(),
        preprocessing.interpolation(),
        Range.BYTE,
        List.of(0.0, 0.0, 0.0),
        List.of(1.0, 1.0, 1.0));
  }

  /** What a preparer makes of the pixels, 8-bit RGB // [size, size, 3] */
  static byte[] crop(Preparer unnormalising, Pixels pixels, int size) {
    Tensor tensor = new Tensor(1, size);
    unnormalising.prepare(pixels, tensor, 0);
    FloatBuffer floats = tensor.floats();
    byte[] crop = new byte[3 * size * size];
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < size * size; i++) {
        crop[3 * i + c] = (byte) floats.get();
      }
    }
    return crop;
  }
}

package dev.lakelens.prepare;

import dev.lakelens.decode.Pixels;
import dev.lakelens.model.Preprocessing;
import java.nio.FloatBuffer;

/**
 * Writes images into a tensor: resized, cropped and normalised as the model was trained, equal to
 * Pillow and torchvision to the last bit.
 *
 * <p>Scratch memory is reused, so each thread has its own.
 */
public final class Preparer {
  private final Preprocessing preprocessing;
  private final Normalization normalization;

  public Preparer(Preprocessing preprocessing) {
    this.preprocessing = preprocessing;
    this.normalization = new Normalization(preprocessing);
  }

  /**
   * Writes one image.
   *
   * @param pixels of any size
   * @param tensor whose size is the preprocessing's input size
   * @param index of the image within the batch, from 0
   */
  public void prepare(Pixels pixels, Tensor tensor, int index) {
    int size = preprocessing.inputSize();
    byte[] crop = crop(pixels);
    FloatBuffer floats = tensor.floats();
    for (int c = 0; c < Tensor.CHANNELS; c++) {
      float[] table = normalization.table(c);
      int plane = index * tensor.imageLength() + c * size * size;
      for (int i = 0; i < size * size; i++) {
        floats.put(plane + i, table[crop[3 * i + c] & 0xff]);
      }
    }
  }

  /** The crop before it is normalised, 8-bit RGB // [size, size, 3] */
  byte[] crop(Pixels pixels) {
    return NaiveResize.crop(
        pixels,
        preprocessing.interpolation(),
        ResizeGeometry.of(preprocessing, pixels.width(), pixels.height()));
  }
}

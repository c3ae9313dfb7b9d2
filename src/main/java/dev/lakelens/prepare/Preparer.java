package dev.lakelens.prepare;

import dev.lakelens.decode.Pixels;
import dev.lakelens.decode.Pixels.ChannelOrder;
import dev.lakelens.model.Preprocessing;
import java.nio.FloatBuffer;

/**
 * Writes images into a tensor: resized, cropped and normalised as the model was trained, equal to
 * Pillow and torchvision to the last bit.
 *
 * <p>Resizing is antialiased, in two passes with 8 bits between them. Scratch memory is reused, so
 * each thread has its own preparer.
 */
public final class Preparer {
  private final Preprocessing preprocessing;
  private final Normalization normalization;
  private final ResizedRows rows;
  // One row of the crop, or one column if transposed // [3, size]
  private final int[] sums;
  private final float[] floats;
  private ResizePlan plan;

  public Preparer(Preprocessing preprocessing) {
    int size = preprocessing.inputSize();
    this.preprocessing = preprocessing;
    this.normalization = new Normalization(preprocessing);
    this.rows = new ResizedRows(size);
    this.sums = new int[Tensor.CHANNELS * size];
    this.floats = new float[size];
    this.plan = ResizePlan.of(preprocessing, 1, 1);
  }

  /**
   * Writes one image.
   *
   * @param pixels of any size
   * @param tensor as large as the preprocessing's input size
   * @param index of the image within the batch, from 0
   * @throws IllegalArgumentException if the tensor is of another size or has no such index
   */
  public void prepare(Pixels pixels, Tensor tensor, int index) {
    check(tensor, index);
    if (!plan.fits(pixels)) {
      plan = ResizePlan.of(preprocessing, pixels.width(), pixels.height());
    }
    rows.open(pixels, plan);
    FloatBuffer target = tensor.floats();
    for (int line = 0; line < tensor.size(); line++) {
      rows.sum(plan.second().start(line), plan.second().weights(line), sums);
      write(pixels.order(), line, target, index * tensor.imageLength());
    }
    rows.close();
  }

  private void write(ChannelOrder order, int line, FloatBuffer target, int image) {
    int size = floats.length;
    for (int c = 0; c < Tensor.CHANNELS; c++) {
      int plane = order == ChannelOrder.RGB ? c : Tensor.CHANNELS - 1 - c;
      normalization.apply(c, sums, plane * size, floats);
      int at = image + c * size * size;
      if (plan.transposed()) {
        writeColumn(target, at + line);
      } else {
        target.put(at + line * size, floats);
      }
    }
  }

  private void writeColumn(FloatBuffer target, int at) {
    for (int i = 0; i < floats.length; i++) {
      target.put(at + i * floats.length, floats[i]);
    }
  }

  private void check(Tensor tensor, int index) {
    if (tensor.size() != preprocessing.inputSize()) {
      throw new IllegalArgumentException(
          "The tensor is for %d pixels, the preprocessing for %d"
              .formatted(tensor.size(), preprocessing.inputSize()));
    }
    if (index < 0 || index >= tensor.batch()) {
      throw new IllegalArgumentException(
          "No image %d in a batch of %d".formatted(index, tensor.batch()));
    }
  }
}

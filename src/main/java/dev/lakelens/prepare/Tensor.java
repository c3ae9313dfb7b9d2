package dev.lakelens.prepare;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A network's input: direct memory in native order, which ONNX Runtime reads without a copy;
 * allocated once and written again for every batch.
 *
 * <p>Floats are {@code [batch, 3, size, size]}, channels R, G, B. Not thread-safe.
 */
public final class Tensor {
  /** R, G and B. */
  public static final int CHANNELS = 3;

  private final int batch;
  private final int size;
  private final FloatBuffer floats;

  /**
   * Allocates direct memory.
   *
   * @param batch number of images, at least 1
   * @param size side of an image in pixels, at least 1
   * @throws IllegalArgumentException if the tensor would not fit into one buffer of 2 GB
   */
  public Tensor(int batch, int size) {
    if (batch < 1 || size < 1) {
      throw new IllegalArgumentException("No such tensor: batch " + batch + ", size " + size);
    }
    double bytes = (double) batch * CHANNELS * size * size * Float.BYTES;
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "A batch of %d images of %d x %d pixels exceeds 2 GB".formatted(batch, size, size));
    }
    this.batch = batch;
    this.size = size;
    this.floats =
        ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Number of images. */
  public int batch() {
    return batch;
  }

  /** Side of an image in pixels. */
  public int size() {
    return size;
  }

  /** Floats of one image: {@code 3 * size * size}. */
  public int imageLength() {
    return CHANNELS * size * size;
  }

  /** {@code [batch, 3, size, size]} for ONNX Runtime, as its bindings take it. */
  public long[] shape() {
    return new long[] {batch, CHANNELS, size, size};
  }

  /** A view of the whole memory, from position 0; writing to the tensor changes it. */
  public FloatBuffer floats() {
    return floats.duplicate();
  }
}

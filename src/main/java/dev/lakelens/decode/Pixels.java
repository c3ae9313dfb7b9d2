package dev.lakelens.decode;

import static java.util.Objects.requireNonNull;

/**
 * A decoded image: 8-bit, three channels, interleaved, rows from top to bottom without padding.
 *
 * <p>A decoder may reuse {@code data} for its next image, so pixels are read before the same
 * decoder is called again, and {@code data} may be longer than the image.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param order of the three channels
 * @param data at least {@code width * height * 3} bytes // [height, width, 3]
 */
public record Pixels(int width, int height, ChannelOrder order, byte[] data) {

  /** Which channel comes first in memory. */
  public enum ChannelOrder {
    RGB,
    BGR
  }

  public Pixels {
    requireNonNull(order, "order is null");
    requireNonNull(data, "data is null");
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("No such image size: " + width + " x " + height);
    }
    if (data.length < 3L * width * height) {
      throw new IllegalArgumentException(
          "%d bytes are too few for %d x %d pixels".formatted(data.length, width, height));
    }
  }
}

package dev.lakelens.read;

import static java.util.Objects.requireNonNull;

import dev.lakelens.image.ImageFile;
import dev.lakelens.image.Rejection;

/**
 * What reading makes of one image. Lives inside one task and is never a Spark row: it holds the
 * whole file.
 */
public sealed interface ReadImage {
  ImageFile file();

  /**
   * The encoded bytes of one image.
   *
   * @param bytes the whole file, not copied
   */
  record Encoded(ImageFile file, byte[] bytes) implements ReadImage {
    public Encoded {
      requireNonNull(file, "file is null");
      requireNonNull(bytes, "bytes is null");
    }
  }

  /**
   * An image that was decoded elsewhere, as Spark's {@code image} schema holds it.
   *
   * @param mode OpenCV's type code: 0, 16 and 24 are 8-bit with 1, 3 and 4 channels
   * @param data interleaved // [height, width, channels], BGR or BGRA
   */
  record Decoded(ImageFile file, int width, int height, int channels, int mode, byte[] data)
      implements ReadImage {
    public Decoded {
      requireNonNull(file, "file is null");
      requireNonNull(data, "data is null");
    }
  }

  /** An image that could not be read. */
  record Unreadable(ImageFile file, Rejection rejection) implements ReadImage {
    public Unreadable {
      requireNonNull(file, "file is null");
      requireNonNull(rejection, "rejection is null");
    }
  }
}

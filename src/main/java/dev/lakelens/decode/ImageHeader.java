package dev.lakelens.decode;

import static java.util.Objects.requireNonNull;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;

/**
 * What an image says of itself before it is decoded.
 *
 * @param format by the first bytes, never by a name
 * @param width in pixels as stored, at least 1: an orientation is not applied
 * @param height in pixels as stored, at least 1
 */
public record ImageHeader(ImageFormat format, int width, int height) {
  public ImageHeader {
    requireNonNull(format, "format is null");
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("No such image size: " + width + " x " + height);
    }
  }

  /**
   * Reads the format and the size; nothing is decoded, and nothing of the image's size allocated.
   *
   * @throws RejectedException {@code EMPTY}, {@code UNKNOWN_FORMAT}, {@code UNSUPPORTED_FORMAT},
   *     {@code TRUNCATED} where the file ends inside its header, {@code CORRUPT} where the header
   *     contradicts itself, {@code TOO_MANY_PIXELS} where a side passes 2,147,483,647
   */
  public static ImageHeader read(byte[] encoded) throws RejectedException {
    ImageFormat format = MagicBytes.format(encoded);
    return switch (format) {
      case JPEG -> {
        JpegFrame frame = JpegFrame.read(encoded);
        yield of(format, frame.width(), frame.height());
      }
      case PNG -> {
        PngHeader header = PngHeader.read(encoded);
        yield of(format, header.width(), header.height());
      }
      case GIF -> {
        GifFrame frame = GifFrame.read(encoded);
        yield of(format, frame.width(), frame.height());
      }
      case WEBP -> WebpContainer.header(encoded);
      case BMP -> {
        BmpHeader header = BmpHeader.read(encoded);
        yield of(format, header.width(), header.height());
      }
      case TIFF -> {
        TiffDirectory directory = TiffDirectory.first(encoded);
        yield of(
            format,
            directory.number(TiffDirectory.WIDTH, 0),
            directory.number(TiffDirectory.HEIGHT, 0));
      }
    };
  }

  static ImageHeader of(ImageFormat format, long width, long height) throws RejectedException {
    if (width < 1 || height < 1) {
      throw new RejectedException(
          Reason.CORRUPT, "The header says %d x %d pixels".formatted(width, height));
    }
    if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new RejectedException(
          Reason.TOO_MANY_PIXELS, "The header says %d x %d pixels".formatted(width, height));
    }
    return new ImageHeader(format, (int) width, (int) height);
  }

  long pixels() {
    return (long) width * height;
  }

  /** The header of the same image, decoded to a fraction of its size. */
  ImageHeader dividedBy(int divisor) {
    return new ImageHeader(
        format, (width + divisor - 1) / divisor, (height + divisor - 1) / divisor);
  }

  /** Of RGB; an image within the limits. */
  int bytes() {
    return Math.toIntExact(3 * pixels());
  }
}

package dev.lakelens.decode;

import static java.util.Objects.requireNonNull;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;

/**
 * What an encoded image says of itself before anything is decoded.
 *
 * @param format by its first bytes
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record ImageHeader(ImageFormat format, int width, int height) {
  public ImageHeader {
    requireNonNull(format, "format is null");
  }

  /**
   * Reads the header of an image.
   *
   * @param encoded the whole file
   * @throws RejectedException if there is no header of a format that is decoded
   */
  public static ImageHeader read(byte[] encoded) throws RejectedException {
    ImageFormat format = Signatures.format(encoded);
    ByteReader in = new ByteReader(encoded);
    return switch (format) {
      case JPEG -> jpeg(JpegFrame.read(encoded));
      case PNG -> png(in);
      case WEBP -> webp(in.littleEndian());
      case GIF -> gif(GifFrame.read(encoded));
      case BMP -> bmp(in.littleEndian());
      case TIFF -> tiff(TiffDirectory.first(encoded, 0));
    };
  }

  long pixels() {
    return (long) width * height;
  }

  private static ImageHeader jpeg(JpegFrame frame) throws RejectedException {
    return of(ImageFormat.JPEG, frame.width(), frame.height());
  }

  private static ImageHeader png(ByteReader in) throws RejectedException {
    if (!in.matches(12, "IHDR")) {
      throw new RejectedException(Reason.CORRUPT, "PNG does not begin with IHDR");
    }
    return of(ImageFormat.PNG, in.unsignedInt(16), in.unsignedInt(20));
  }

  private static ImageHeader gif(GifFrame frame) throws RejectedException {
    return of(ImageFormat.GIF, frame.screenWidth(), frame.screenHeight());
  }

  private static ImageHeader webp(ByteReader in) throws RejectedException {
    if (in.matches(12, "VP8X")) {
      int width = in.unsignedShort(24) | in.unsignedByte(26) << 16;
      int height = in.unsignedShort(27) | in.unsignedByte(29) << 16;
      return of(ImageFormat.WEBP, width + 1L, height + 1L);
    }
    if (in.matches(12, "VP8L")) {
      int bits = in.signedInt(21);
      return of(ImageFormat.WEBP, (bits & 0x3FFF) + 1L, (bits >> 14 & 0x3FFF) + 1L);
    }
    if (in.matches(12, "VP8 ")) {
      int width = in.unsignedShort(26) & 0x3FFF;
      return of(ImageFormat.WEBP, width, in.unsignedShort(28) & 0x3FFF);
    }
    in.unsignedInt(12);
    throw new RejectedException(Reason.CORRUPT, "WebP begins with none of VP8, VP8L and VP8X");
  }

  private static ImageHeader bmp(ByteReader in) throws RejectedException {
    if (in.unsignedInt(14) == 12) {
      return of(ImageFormat.BMP, in.unsignedShort(18), in.unsignedShort(20));
    }
    // A negative height says that the rows run from top to bottom.
    return of(ImageFormat.BMP, in.signedInt(18), Math.abs((long) in.signedInt(22)));
  }

  private static ImageHeader tiff(TiffDirectory directory) throws RejectedException {
    return of(
        ImageFormat.TIFF,
        directory.required(TiffDirectory.IMAGE_WIDTH),
        directory.required(TiffDirectory.IMAGE_LENGTH));
  }

  private static ImageHeader of(ImageFormat format, long width, long height)
      throws RejectedException {
    if (width < 1 || height < 1) {
      throw new RejectedException(
          Reason.CORRUPT, "the header says %d x %d pixels".formatted(width, height));
    }
    if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new RejectedException(
          Reason.TOO_MANY_PIXELS, "the header says %,d x %,d pixels".formatted(width, height));
    }
    return new ImageHeader(format, (int) width, (int) height);
  }
}

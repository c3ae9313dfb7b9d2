package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.util.Optional;

/**
 * Decodes images of every format to the pixels of Pillow's {@code convert("RGB")}.
 *
 * <p>OpenCV gets what the magic bytes say is JPEG or WebP and nothing else; the JDK reads CMYK
 * JPEGs and the other formats. Not thread-safe: pixels are valid until the next image.
 */
public final class ImageDecoder {
  private static final int OPEN_CV_COMPONENTS = 3;

  private final DecodeOptions options;
  private final Optional<OpenCvDecoder> openCv;
  private final JdkJpegDecoder jdkJpeg = new JdkJpegDecoder();
  private final JdkDecoder jdk = new JdkDecoder();

  private ImageDecoder(DecodeOptions options, Optional<OpenCvDecoder> openCv) {
    this.options = options;
    this.openCv = openCv;
  }

  /** A decoder for one thread, with OpenCV where it loads. */
  public static ImageDecoder create(DecodeOptions options) {
    return NativeCodecs.failure().isPresent()
        ? pure(options)
        : new ImageDecoder(options, Optional.of(new OpenCvDecoder()));
  }

  /** A decoder for one thread, without OpenCV. */
  static ImageDecoder pure(DecodeOptions options) {
    return new ImageDecoder(options, Optional.empty());
  }

  /**
   * Decodes one image.
   *
   * @param header of the same bytes
   * @throws RejectedException if the image is larger than the limit, or damaged, or its decoder is
   *     not there
   */
  public Pixels decode(ImageHeader header, byte[] encoded) throws RejectedException {
    if (header.pixels() > options.maxPixels()) {
      throw new RejectedException(
          Reason.TOO_MANY_PIXELS,
          "%,d x %,d pixels are more than --max-pixels %,d"
              .formatted(header.width(), header.height(), options.maxPixels()));
    }
    Pixels pixels = decoder(header, encoded).decode(header, encoded);
    return options.exifOrientation() == ExifOrientation.IGNORE
        ? pixels
        : Orientation.of(header.format(), encoded).apply(pixels);
  }

  private Decoder decoder(ImageHeader header, byte[] encoded) throws RejectedException {
    return switch (header.format()) {
      case JPEG -> jpegDecoder(encoded);
      case WEBP -> openCv.orElseThrow(ImageDecoder::webpUnavailable);
      case PNG, GIF, BMP, TIFF -> jdk;
    };
  }

  private Decoder jpegDecoder(byte[] encoded) throws RejectedException {
    boolean native3 = JpegFrame.read(encoded).components() <= OPEN_CV_COMPONENTS;
    return native3 && openCv.isPresent() ? openCv.get() : jdkJpeg;
  }

  private static RejectedException webpUnavailable() {
    return new RejectedException(
        Reason.DECODER_UNAVAILABLE, "WebP needs OpenCV, which does not load here");
  }
}

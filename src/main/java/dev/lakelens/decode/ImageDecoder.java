package dev.lakelens.decode;

import static java.util.Objects.requireNonNull;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.util.Optional;

/**
 * Decodes images one after the other, reusing its buffers: one for each thread.
 *
 * <p>Pixels equal those of Pillow's {@code convert("RGB")}: alpha is dropped, colour profiles are
 * ignored, animations and documents give their first frame; only 16-bit gray differs, which becomes
 * its high byte, and what {@link DecodeMode#FAST} reduces. OpenCV decodes WebP, and JPEG but CMYK;
 * the JDK's readers decode CMYK JPEG and TIFF, and every JPEG where OpenCV cannot be loaded; the
 * rest is decoded here.
 */
public final class ImageDecoder implements AutoCloseable {
  private final DecodeOptions options;
  private final Reduction reduction;
  private final Optional<String> nativeFailure;
  private final Decoder openCv;
  private final Decoder jdkJpeg = new JdkJpegDecoder();
  private final Decoder png = new PngDecoder();
  private final Decoder gif = new GifDecoder();
  private final Decoder bmp = new BmpDecoder();
  private final Decoder tiff = new TiffDecoder();
  private final PixelBuffer stored = new PixelBuffer();
  private final PixelBuffer turned = new PixelBuffer();

  private ImageDecoder(DecodeOptions options, int enough, Optional<String> nativeFailure) {
    this.options = requireNonNull(options, "options is null");
    this.reduction = new Reduction(options.mode(), enough);
    this.nativeFailure = nativeFailure;
    this.openCv = nativeFailure.isEmpty() ? new OpenCvDecoder(reduction) : null;
  }

  /**
   * With OpenCV where it can be loaded.
   *
   * @param enough pixels of the shorter side below which {@link DecodeMode#FAST} reduces no image
   */
  public static ImageDecoder create(DecodeOptions options, int enough) {
    return new ImageDecoder(options, enough, NativeCodecs.failure());
  }

  /** As if OpenCV could not be loaded. */
  static ImageDecoder withoutNatives(DecodeOptions options, int enough, String cause) {
    return new ImageDecoder(options, enough, Optional.of(cause));
  }

  /** Why OpenCV cannot be loaded, in one sentence; empty where it can. */
  public static Optional<String> nativeFailure() {
    return NativeCodecs.failure();
  }

  /**
   * Decodes an image.
   *
   * @param header as {@link ImageHeader#read} gives for the same bytes
   * @return pixels that are valid until the next call
   * @throws RejectedException {@code TOO_MANY_PIXELS} before anything is allocated; {@code
   *     TRUNCATED} or {@code CORRUPT} where Pillow refuses the data; {@code UNSUPPORTED_FORMAT} for
   *     a variant that is not decoded; {@code DECODER_UNAVAILABLE} where it needs OpenCV and there
   *     is none
   */
  public Pixels decode(ImageHeader header, byte[] encoded) throws RejectedException {
    if (header.pixels() > options.maxPixels()) {
      throw new RejectedException(
          Reason.TOO_MANY_PIXELS,
          "%d x %d pixels are more than %d"
              .formatted(header.width(), header.height(), options.maxPixels()));
    }
    Decoder decoder = decoder(header, encoded);
    try {
      Pixels pixels = decoder.decode(header, encoded, stored);
      return Orientation.apply(orientation(header.format(), encoded), pixels, turned);
    } catch (RuntimeException | StackOverflowError e) {
      throw new RejectedException(
          Reason.CORRUPT, "The %s cannot be decoded: %s".formatted(header.format().text(), e), e);
    } catch (LinkageError e) {
      throw new RejectedException(
          Reason.DECODER_UNAVAILABLE, "A library of the decoder is missing: " + e.getMessage(), e);
    }
  }

  private Decoder decoder(ImageHeader header, byte[] encoded) throws RejectedException {
    return switch (header.format()) {
      case JPEG -> JpegFrame.read(encoded).components() == 4 ? jdkJpeg : jpeg(header);
      case WEBP -> openCv("WebP");
      case PNG -> png;
      case GIF -> gif;
      case BMP -> bmp;
      case TIFF -> tiff;
    };
  }

  private Decoder jpeg(ImageHeader header) throws RejectedException {
    if (reduction.of(header) > 1) {
      return openCv("Fast decoding");
    }
    return openCv == null ? jdkJpeg : openCv;
  }

  private Decoder openCv(String what) throws RejectedException {
    if (openCv == null) {
      throw new RejectedException(
          Reason.DECODER_UNAVAILABLE,
          "%s needs OpenCV. %s".formatted(what, nativeFailure.orElse("")));
    }
    return openCv;
  }

  // Pillow turns a TIFF by its own orientation whenever it loads one.
  private int orientation(ImageFormat format, byte[] encoded) {
    return format == ImageFormat.TIFF || options.exifOrientation() == ExifOrientation.APPLY
        ? Orientation.read(format, encoded)
        : Orientation.UPRIGHT;
  }

  @Override
  public void close() {
    if (openCv != null) {
      openCv.close();
    }
    png.close();
  }
}

package dev.lakelens.decode;

import dev.lakelens.image.RejectedException;

/**
 * Encoded bytes of some formats to pixels equal to Pillow's {@code convert("RGB")}. Not safe for
 * use by several threads.
 */
sealed interface Decoder extends AutoCloseable
    permits OpenCvDecoder, JdkJpegDecoder, PngDecoder, GifDecoder, BmpDecoder, TiffDecoder {

  /**
   * Decodes an image.
   *
   * @param header of the same bytes, within the limits
   * @param buffer where the pixels go
   * @throws RejectedException {@code TRUNCATED}, {@code CORRUPT}, {@code UNSUPPORTED_FORMAT},
   *     {@code DECODER_UNAVAILABLE}
   */
  Pixels decode(ImageHeader header, byte[] encoded, PixelBuffer buffer) throws RejectedException;

  @Override
  default void close() {}
}

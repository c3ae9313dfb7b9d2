package dev.lakelens.decode;

import dev.lakelens.image.RejectedException;

/** One codec. Not thread-safe; pixels are valid until its next image. */
sealed interface Decoder permits OpenCvDecoder, JdkJpegDecoder, JdkDecoder {
  /**
   * Decodes an image whose header passed the limits.
   *
   * @throws RejectedException if Pillow would refuse the image
   */
  Pixels decode(ImageHeader header, byte[] encoded) throws RejectedException;
}

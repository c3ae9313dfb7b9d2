package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.awt.image.Raster;
import javax.imageio.ImageReader;

/**
 * JPEG by the JDK's libjpeg, for CMYK and YCCK, and for all where OpenCV does not load.
 *
 * <p>Components are read as they are stored; colours are converted here, as libjpeg and Pillow do.
 */
final class JdkJpegDecoder implements Decoder {
  private final ImageReader reader = JdkReaders.reader(ImageFormat.JPEG);
  private final Scratch scratch = new Scratch();

  @Override
  public Pixels decode(ImageHeader header, byte[] encoded) throws RejectedException {
    if (!JpegMarkers.complete(encoded)) {
      throw new RejectedException(Reason.TRUNCATED, "JPEG without its end marker");
    }
    JpegFrame frame = JpegFrame.read(encoded);
    if (frame.tallChroma()) {
      // The JDK's libjpeg 6b interpolates this chroma differently from libjpeg-turbo.
      throw new RejectedException(
          Reason.DECODER_UNAVAILABLE,
          "JPEG with chroma halved in height needs OpenCV, which does not load here");
    }
    Raster raster = JdkReaders.read(reader, encoded, jdk -> jdk.readRaster(0, null));
    byte[] data = scratch.bytes(Math.toIntExact(3 * header.pixels()));
    int width = header.width();
    int[] row = new int[width * frame.components()];
    for (int y = 0; y < header.height(); y++) {
      raster.getPixels(0, y, width, 1, row);
      JpegColors.toRgb(frame.colors(), row, width, data, y * width * 3);
    }
    return new Pixels(width, header.height(), Pixels.ChannelOrder.RGB, data);
  }
}

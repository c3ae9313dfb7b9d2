package dev.lakelens.decode;

import dev.lakelens.image.RejectedException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.EnumMap;
import java.util.Map;
import javax.imageio.ImageReader;

/** PNG, GIF, BMP and TIFF by the JDK's readers: the first image of each file. */
final class JdkDecoder implements Decoder {
  private final Map<ImageFormat, ImageReader> readers = new EnumMap<>(ImageFormat.class);
  private final Scratch scratch = new Scratch();

  @Override
  public Pixels decode(ImageHeader header, byte[] encoded) throws RejectedException {
    ImageReader reader = readers.computeIfAbsent(header.format(), JdkReaders::reader);
    BufferedImage image = JdkReaders.read(reader, encoded, jdk -> jdk.read(0));
    byte[] data = scratch.bytes(Math.toIntExact(3 * header.pixels()));
    if (header.format() == ImageFormat.GIF) {
      place(image, GifFrame.read(encoded), header, data);
    } else {
      Rasters.toRgb(image, data, 0, header.width());
    }
    return new Pixels(header.width(), header.height(), Pixels.ChannelOrder.RGB, data);
  }

  private static void place(BufferedImage image, GifFrame frame, ImageHeader header, byte[] data) {
    if (image.getWidth() != header.width() || image.getHeight() != header.height()) {
      int rgb = background(image, frame.background());
      for (int at = 0; at < 3 * header.pixels(); at += 3) {
        data[at] = (byte) (rgb >> 16);
        data[at + 1] = (byte) (rgb >> 8);
        data[at + 2] = (byte) rgb;
      }
    }
    Rasters.toRgb(image, data, frame.top() * header.width() + frame.left(), header.width());
  }

  private static int background(BufferedImage image, int index) {
    IndexColorModel palette = (IndexColorModel) image.getColorModel();
    return index < palette.getMapSize() ? palette.getRGB(index) : 0;
  }
}

package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.util.Arrays;
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
    requireUnsigned16(image);
    byte[] data = scratch.bytes(Math.toIntExact(3 * header.pixels()));
    switch (header.format()) {
      case GIF -> place(image, GifFrame.read(encoded), header, data);
      case TIFF -> Rasters.toRgb(image, tiffPalette(image, encoded), data, 0, header.width());
      case PNG -> Rasters.toRgb(image, pngPalette(image, encoded), data, 0, header.width());
      default -> Rasters.toRgb(image, Rasters.palette(image), data, 0, header.width());
    }
    return new Pixels(header.width(), header.height(), Pixels.ChannelOrder.RGB, data);
  }

  private static void requireUnsigned16(BufferedImage image) throws RejectedException {
    int type = image.getRaster().getTransferType();
    if (image.getColorModel() instanceof ComponentColorModel
        && type != DataBuffer.TYPE_BYTE
        && type != DataBuffer.TYPE_USHORT) {
      throw new RejectedException(
          Reason.UNSUPPORTED_FORMAT,
          "samples that are signed, of 32 bits or more, or floats; 1 to 16 bits are read");
    }
  }

  private static void place(BufferedImage image, GifFrame frame, ImageHeader header, byte[] data) {
    int[] palette = Rasters.palette(image);
    if (image.getWidth() != header.width() || image.getHeight() != header.height()) {
      int rgb = frame.background() < palette.length ? palette[frame.background()] : 0;
      for (int at = 0; at < 3 * header.pixels(); at += 3) {
        data[at] = (byte) (rgb >> 16);
        data[at + 1] = (byte) (rgb >> 8);
        data[at + 2] = (byte) rgb;
      }
    }
    Rasters.toRgb(
        image, palette, data, frame.top() * header.width() + frame.left(), header.width());
  }

  /** The JDK's reader lengthens a short palette by its last colour. */
  private static int[] pngPalette(BufferedImage image, byte[] encoded) throws RejectedException {
    int[] palette = Rasters.palette(image);
    ByteReader in = new ByteReader(encoded);
    int at = palette.length == 0 ? -1 : PngChunks.find(in, "PLTE");
    return at < 0
        ? palette
        : Arrays.copyOf(palette, (int) Math.min(palette.length, in.unsignedInt(at - 8L) / 3));
  }

  /** TIFF's palettes have 16 bits: the JDK's reader rounds them, Pillow takes the high byte. */
  private static int[] tiffPalette(BufferedImage image, byte[] encoded) throws RejectedException {
    int[] colors = TiffDirectory.first(encoded, 0).shorts(TiffDirectory.COLOR_MAP);
    if (colors.length == 0) {
      return Rasters.palette(image);
    }
    int[] palette = new int[colors.length / 3]; // all reds, all greens, all blues
    for (int i = 0; i < palette.length; i++) {
      int green = colors[palette.length + i] >> 8;
      palette[i] = (colors[i] >> 8) << 16 | green << 8 | colors[2 * palette.length + i] >> 8;
    }
    return palette;
  }
}

package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.awt.image.Raster;

/**
 * The first page of a TIFF by the JDK's own reader; its samples are converted here, without colour
 * management, as Pillow does.
 */
final class TiffDecoder implements Decoder {

  @Override
  public Pixels decode(ImageHeader image, byte[] encoded, PixelBuffer buffer)
      throws RejectedException {
    TiffDirectory directory = TiffDirectory.first(encoded);
    TiffLayout layout = TiffLayout.read(directory, image);
    Palette palette = layout.isIndexed() ? palette(directory, layout) : new Palette();
    Raster raster = JdkReaders.read(JdkReaders.TIFF, encoded, reader -> reader.read(0).getRaster());
    int bands = raster.getNumBands();
    if (raster.getWidth() != image.width()
        || raster.getHeight() != image.height()
        || bands != layout.samples()) {
      throw new RejectedException(Reason.CORRUPT, "The TIFF's data are not of the size it says");
    }
    byte[] rgb = buffer.take(image.bytes());
    // [width, bands]
    int[] row = new int[image.width() * bands];
    for (int y = 0; y < image.height(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, image.width(), 1, row);
      convert(layout, palette, row, rgb, y * image.width() * 3);
    }
    return new Pixels(image.width(), image.height(), Pixels.ChannelOrder.RGB, rgb);
  }

  // The reader makes 0 black in every gray image.
  private static Palette palette(TiffDirectory directory, TiffLayout layout)
      throws RejectedException {
    if (layout.photometric() != TiffLayout.PALETTE) {
      return Palette.gray(layout.bits());
    }
    Palette palette = new Palette();
    int entries = 1 << layout.bits();
    for (int i = 0; i < entries; i++) {
      // All reds, then all greens, then all blues.
      byte red = colour(directory, i);
      palette.set(i, red, colour(directory, entries + i), colour(directory, 2 * entries + i));
    }
    return palette;
  }

  // The high byte of 16 bits.
  private static byte colour(TiffDirectory directory, int index) throws RejectedException {
    return (byte) (directory.number(TiffDirectory.COLOUR_MAP, index, 0) >> 8);
  }

  private static void convert(TiffLayout layout, Palette palette, int[] row, byte[] rgb, int to) {
    int step = layout.samples();
    int shift = layout.bits() == 16 ? 8 : 0;
    for (int from = 0, at = to; from < row.length; from += step, at += 3) {
      if (layout.isIndexed()) {
        palette.put(row[from], rgb, at);
      } else if (layout.photometric() == TiffLayout.CMYK) {
        for (int c = 0; c < 3; c++) {
          rgb[at + c] = InkColour.rgb(row[from + c] >> shift, row[from + 3] >> shift);
        }
      } else {
        int next = layout.photometric() <= TiffLayout.BLACK_IS_ZERO ? 0 : 1;
        int alpha = layout.premultiplied() ? row[from + 3] >> shift : 255;
        for (int c = 0; c < 3; c++) {
          rgb[at + c] = straight(row[from + c * next] >> shift, alpha);
        }
      }
    }
  }

  // A colour that was multiplied with its alpha, as Pillow divides it.
  private static byte straight(int colour, int alpha) {
    return alpha == 255
        ? (byte) colour
        : (byte) (alpha == 0 ? 0 : Math.min(255, colour * 255 / alpha));
  }
}

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
    byte[] colours = colours(directory, layout);
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
      convert(layout, colours, row, rgb, y * image.width() * 3);
    }
    return new Pixels(image.width(), image.height(), Pixels.ChannelOrder.RGB, rgb);
  }

  // [1 << bits, 3], where a sample is an index; the reader makes 0 black in every gray image.
  private static byte[] colours(TiffDirectory directory, TiffLayout layout)
      throws RejectedException {
    boolean indices =
        layout.photometric() <= TiffLayout.BLACK_IS_ZERO
            || layout.photometric() == TiffLayout.PALETTE;
    if (!indices || layout.bits() > 8) {
      return new byte[0];
    }
    int entries = 1 << layout.bits();
    byte[] colours = new byte[entries * 3];
    for (int i = 0; i < colours.length; i++) {
      int gray = i / 3 * 255 / (entries - 1);
      // All reds, then all greens, then all blues, of 16 bits.
      int place = i % 3 * entries + i / 3;
      colours[i] =
          layout.photometric() == TiffLayout.PALETTE
              ? (byte) (directory.number(TiffDirectory.COLOUR_MAP, place, 0) >> 8)
              : (byte) gray;
    }
    return colours;
  }

  private static void convert(TiffLayout layout, byte[] colours, int[] row, byte[] rgb, int to) {
    int step = layout.samples();
    int shift = layout.bits() == 16 ? 8 : 0;
    for (int from = 0, at = to; from < row.length; from += step, at += 3) {
      if (colours.length > 0) {
        System.arraycopy(colours, row[from] * 3, rgb, at, 3);
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

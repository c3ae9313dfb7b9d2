package dev.lakelens.decode;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Samples as they are stored to RGB: no colour management, alpha dropped and never composited. */
final class Rasters {
  private Rasters() {}

  /**
   * Converts an image.
   *
   * @param rgb receives it // [height, stride, 3]
   * @param palette colours of the indices, 0xRRGGBB; unused where the image has none
   * @param first pixel of {@code rgb} that receives the first pixel of the image
   * @param stride pixels from one row of {@code rgb} to the next
   */
  static void toRgb(BufferedImage image, int[] palette, byte[] rgb, int first, int stride) {
    ColorModel model = image.getColorModel();
    for (int y = 0; y < image.getHeight(); y++) {
      int at = 3 * (first + y * stride);
      if (model instanceof IndexColorModel) {
        paletteRow(image.getRaster(), palette, y, rgb, at);
      } else if (model.getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
        cmykRow(image.getRaster(), model.getComponentSize(0) - 8, y, rgb, at);
      } else if (model instanceof ComponentColorModel) {
        componentRow(image.getRaster(), model.getComponentSize(0) - 8, y, rgb, at);
      } else {
        packedRow(image, y, rgb, at);
      }
    }
  }

  /** The palette that the JDK's reader has made, or an empty one. */
  static int[] palette(BufferedImage image) {
    if (image.getColorModel() instanceof IndexColorModel model) {
      int[] palette = new int[model.getMapSize()];
      model.getRGBs(palette);
      return palette;
    }
    return new int[0];
  }

  /** Indices past the palette are black, as Pillow's are. */
  private static void paletteRow(Raster raster, int[] palette, int y, byte[] rgb, int offset) {
    int[] indices = raster.getSamples(0, y, raster.getWidth(), 1, 0, (int[]) null);
    for (int x = 0; x < indices.length; x++) {
      put(rgb, offset + 3 * x, indices[x] < palette.length ? palette[indices[x]] : 0);
    }
  }

  /**
   * Gray is repeated, the first three bands are red, green and blue.
   *
   * @param shift that leaves the 8 high bits of a sample
   */
  private static void componentRow(Raster raster, int shift, int y, byte[] rgb, int offset) {
    int bands = raster.getNumBands();
    int[] samples = raster.getPixels(0, y, raster.getWidth(), 1, (int[]) null);
    int green = bands < 3 ? 0 : 1;
    int blue = bands < 3 ? 0 : 2;
    for (int x = 0; x < raster.getWidth(); x++) {
      rgb[offset + 3 * x] = (byte) (samples[x * bands] >> shift);
      rgb[offset + 3 * x + 1] = (byte) (samples[x * bands + green] >> shift);
      rgb[offset + 3 * x + 2] = (byte) (samples[x * bands + blue] >> shift);
    }
  }

  private static void cmykRow(Raster raster, int shift, int y, byte[] rgb, int offset) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    int[] samples = raster.getPixels(0, y, width, 1, (int[]) null);
    int[] inverted = new int[4 * width]; // as JPEG stores them
    for (int i = 0; i < inverted.length; i++) {
      inverted[i] = 255 - (samples[i / 4 * bands + i % 4] >> shift);
    }
    JpegColors.toRgb(JpegFrame.Colors.CMYK, inverted, width, rgb, offset);
  }

  private static void packedRow(BufferedImage image, int y, byte[] rgb, int offset) {
    int[] row = image.getRGB(0, y, image.getWidth(), 1, null, 0, image.getWidth());
    for (int x = 0; x < row.length; x++) {
      put(rgb, offset + 3 * x, row[x]);
    }
  }

  private static void put(byte[] rgb, int at, int color) {
    rgb[at] = (byte) (color >> 16);
    rgb[at + 1] = (byte) (color >> 8);
    rgb[at + 2] = (byte) color;
  }
}

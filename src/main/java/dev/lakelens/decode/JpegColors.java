package dev.lakelens.decode;

/**
 * Colour conversion in the integers of libjpeg (jdcolor.c) and Pillow (Convert.c), which are not
 * those of the JDK.
 */
final class JpegColors {
  private static final int BITS = 16;
  private static final int HALF = 1 << (BITS - 1);
  private static final int CR_TO_R = fixed(1.40200);
  private static final int CB_TO_B = fixed(1.77200);
  private static final int CR_TO_G = fixed(0.71414);
  private static final int CB_TO_G = fixed(0.34414);

  private JpegColors() {}

  private static int fixed(double factor) {
    return (int) (factor * (1 << BITS) + 0.5);
  }

  /**
   * Converts one row.
   *
   * @param row interleaved components, 0 to 255 // [width, components]
   * @param rgb receives the row at {@code offset} // [width, 3]
   */
  static void toRgb(JpegFrame.Colors colors, int[] row, int width, byte[] rgb, int offset) {
    for (int x = 0; x < width; x++) {
      int at = offset + 3 * x;
      switch (colors) {
        case GRAY -> put(rgb, at, row[x], row[x], row[x]);
        case RGB -> put(rgb, at, row[3 * x], row[3 * x + 1], row[3 * x + 2]);
        case YCBCR -> yCbCr(row[3 * x], row[3 * x + 1], row[3 * x + 2], rgb, at);
        case CMYK -> {
          put(rgb, at, row[4 * x], row[4 * x + 1], row[4 * x + 2]);
          invertedCmyk(rgb, at, row[4 * x + 3]);
        }
        case YCCK -> {
          yCbCr(row[4 * x], row[4 * x + 1], row[4 * x + 2], rgb, at);
          put(rgb, at, 255 - (rgb[at] & 255), 255 - (rgb[at + 1] & 255), 255 - (rgb[at + 2] & 255));
          invertedCmyk(rgb, at, row[4 * x + 3]);
        }
      }
    }
  }

  private static void yCbCr(int y, int cb, int cr, byte[] rgb, int at) {
    int red = y + ((CR_TO_R * (cr - 128) + HALF) >> BITS);
    int green = y + ((-CB_TO_G * (cb - 128) - CR_TO_G * (cr - 128) + HALF) >> BITS);
    int blue = y + ((CB_TO_B * (cb - 128) + HALF) >> BITS);
    put(rgb, at, clip(red), clip(green), clip(blue));
  }

  /** Pillow takes the CMYK of every JPEG as inverted; {@code rgb} holds stored C, M and Y. */
  private static void invertedCmyk(byte[] rgb, int at, int black) {
    for (int i = at; i < at + 3; i++) {
      int ink = 255 - (rgb[i] & 255);
      int product = ink * black + 128;
      rgb[i] = (byte) clip(black - (((product >> 8) + product) >> 8));
    }
  }

  private static void put(byte[] rgb, int at, int red, int green, int blue) {
    rgb[at] = (byte) red;
    rgb[at + 1] = (byte) green;
    rgb[at + 2] = (byte) blue;
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }
}

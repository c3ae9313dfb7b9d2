package dev.lakelens.decode;

/** CMYK to RGB as Pillow's {@code cmyk2rgb} does, without a colour profile. */
final class InkColour {
  private InkColour() {}

  /**
   * One of red, green and blue.
   *
   * @param ink its complement, cyan, magenta or yellow: 0 to 255, 255 is full
   * @param black 0 to 255
   */
  static byte rgb(int ink, int black) {
    int light = 255 - black;
    int product = ink * light + 128;
    // The product over 255, rounded.
    return (byte) Math.max(0, light - (((product >> 8) + product) >> 8));
  }
}

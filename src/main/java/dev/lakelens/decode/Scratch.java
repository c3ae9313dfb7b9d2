package dev.lakelens.decode;

/** One byte array that images use in turn. Not thread-safe. */
final class Scratch {
  /** An array larger than this is not kept for a much smaller image. */
  private static final int LARGE = 32 << 20;

  private byte[] bytes = new byte[0];

  /** At least so many bytes, with what the last image left in them. */
  byte[] bytes(int length) {
    boolean tooSmall = bytes.length < length;
    boolean tooLarge = bytes.length > LARGE && length < LARGE;
    if (tooSmall || tooLarge) {
      bytes = new byte[length];
    }
    return bytes;
  }
}

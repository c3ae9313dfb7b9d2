package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;

/** The first frame of a GIF, placed on its logical screen. */
final class GifDecoder implements Decoder {
  // First row of each of the four passes, and the step between its rows; then none.
  private static final int[] PASS_START = {0, 4, 2, 1};
  private static final int[] PASS_STEP = {8, 8, 4, 2};

  private final GifLzw lzw = new GifLzw();

  @Override
  public Pixels decode(ImageHeader image, byte[] encoded, PixelBuffer buffer)
      throws RejectedException {
    GifFrame frame = GifFrame.read(encoded);
    Palette palette = palette(frame, encoded);
    byte[] pixels = buffer.take(image.bytes());
    if (frame.frameWidth() < frame.width() || frame.frameHeight() < frame.height()) {
      fill(pixels, image.bytes(), palette, frame.background());
    }
    lzw.start(encoded, frame.dataAt(), frame.codeSize());
    if (frame.interlaced()) {
      for (int pass = 0; pass < 4; pass++) {
        rows(frame, PASS_START[pass], PASS_STEP[pass], palette, pixels);
      }
    } else {
      rows(frame, 0, 1, palette, pixels);
    }
    return new Pixels(image.width(), image.height(), Pixels.ChannelOrder.RGB, pixels);
  }

  // Gray without a palette, as in Pillow.
  private static Palette palette(GifFrame frame, byte[] encoded) {
    return frame.paletteSize() > 0
        ? Palette.rgb(encoded, frame.paletteAt(), frame.paletteSize() * 3)
        : Palette.gray(8);
  }

  private static void fill(byte[] pixels, int size, Palette palette, int index) {
    for (int at = 0; at < size; at += 3) {
      palette.put(index, pixels, at);
    }
  }

  private void rows(GifFrame frame, int first, int step, Palette palette, byte[] pixels)
      throws RejectedException {
    for (int y = first; y < frame.frameHeight(); y += step) {
      int at = ((frame.top() + y) * frame.width() + frame.left()) * 3;
      for (int x = 0; x < frame.frameWidth(); x++, at += 3) {
        palette.put(lzw.next(), pixels, at);
      }
    }
  }

  /** The indices of a frame, one by one (GIF89a specification, appendix F). */
  private static final class GifLzw {
    private static final int MOST_BITS = 12;
    private static final int TABLE = 1 << MOST_BITS;

    private final byte[] last = new byte[TABLE];
    private final short[] prefix = new short[TABLE];
    // The rest of a decoded string, from its end to its beginning.
    private final byte[] pending = new byte[TABLE];

    private byte[] data = {};
    private int at;
    private int blockLeft;
    private int bits;
    private int bitCount;
    private int clear;
    private int codeSize;
    private int free;
    private int lastCode;
    private int firstOfLast;
    private int pendingCount;

    void start(byte[] encoded, int dataAt, int literalBits) throws RejectedException {
      if (literalBits > MOST_BITS) {
        throw new RejectedException(
            Reason.CORRUPT, "The GIF's codes have %d bits".formatted(literalBits));
      }
      data = encoded;
      at = dataAt;
      blockLeft = 0;
      bits = 0;
      bitCount = 0;
      pendingCount = 0;
      clear = 1 << literalBits;
      clearTable();
    }

    private void clearTable() {
      codeSize = Integer.numberOfTrailingZeros(clear) + 1;
      free = clear + 2;
      lastCode = -1;
    }

    int next() throws RejectedException {
      return pendingCount > 0 ? pending[--pendingCount] & 0xFF : nextString();
    }

    // The first index of the next string; the others are left in pending.
    private int nextString() throws RejectedException {
      int code = nextCode();
      while (code == clear) {
        clearTable();
        code = nextCode();
      }
      if (code == clear + 1) {
        throw new RejectedException(Reason.TRUNCATED, "The GIF's frame ends early");
      }
      if (lastCode < 0) {
        if (code > clear) {
          throw broken();
        }
        lastCode = code;
        firstOfLast = code;
        return code & 0xFF;
      }
      return expand(code);
    }

    private int expand(int code) throws RejectedException {
      int part = code;
      if (code > free) {
        throw broken();
      }
      if (code == free) {
        pending[pendingCount++] = (byte) firstOfLast;
        part = lastCode;
      }
      while (part >= clear) {
        if (pendingCount >= TABLE || part >= TABLE) {
          throw broken();
        }
        pending[pendingCount++] = last[part];
        part = prefix[part];
      }
      firstOfLast = part;
      if (free < TABLE) {
        last[free] = (byte) part;
        prefix[free] = (short) lastCode;
        if (free == (1 << codeSize) - 1 && codeSize < MOST_BITS) {
          codeSize++;
        }
        free++;
      }
      lastCode = code;
      return part & 0xFF;
    }

    private int nextCode() throws RejectedException {
      while (bitCount < codeSize) {
        if (blockLeft == 0) {
          nextBlock();
        } else {
          bits |= (data[at++] & 0xFF) << bitCount;
          bitCount += 8;
          blockLeft--;
        }
      }
      int code = bits & ((1 << codeSize) - 1);
      bits >>>= codeSize;
      bitCount -= codeSize;
      return code;
    }

    // Pillow passes over empty blocks, and wants each block whole.
    private void nextBlock() throws RejectedException {
      if (at >= data.length || at + 1 + (data[at] & 0xFF) > data.length) {
        throw new RejectedException(Reason.TRUNCATED, "The GIF's frame data end early");
      }
      blockLeft = data[at++] & 0xFF;
    }

    private static RejectedException broken() {
      return new RejectedException(Reason.CORRUPT, "The GIF has an impossible code");
    }
  }
}

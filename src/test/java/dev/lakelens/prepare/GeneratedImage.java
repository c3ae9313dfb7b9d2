package dev.lakelens.prepare;

import dev.lakelens.decode.Pixels;
import dev.lakelens.decode.Pixels.ChannelOrder;

/** Images by formula, the same as in {@code make_fixtures.py}. */
enum GeneratedImage {
  NOISE {
    @Override
    int value(int width, int x, int y, int c) {
      return scramble((y * width + x) * 3 + c) & 0xff;
    }
  },
  EXTREMES {
    @Override
    int value(int width, int x, int y, int c) {
      return (scramble((y * width + x) * 3 + c) & 1) * 255;
    }
  },
  GRADIENT {
    @Override
    int value(int width, int x, int y, int c) {
      return ((c + 1) * x + (3 - c) * y) & 0xff;
    }
  },
  BLOCKS {
    @Override
    int value(int width, int x, int y, int c) {
      return scramble((y / 7 * 9973 + x / 5) * 3 + c) & 0xff;
    }
  };

  abstract int value(int width, int x, int y, int c);

  Pixels pixels(int width, int height, ChannelOrder order) {
    byte[] data = new byte[width * height * 3];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          data[at++] = (byte) value(width, x, y, order == ChannelOrder.RGB ? c : 2 - c);
        }
      }
    }
    return new Pixels(width, height, order, data);
  }

  /** A 32-bit integer hash. */
  static int scramble(int n) {
    n *= 0x9E3779B1;
    n ^= n >>> 15;
    n *= 0x85EBCA77;
    n ^= n >>> 13;
    return n;
  }
}

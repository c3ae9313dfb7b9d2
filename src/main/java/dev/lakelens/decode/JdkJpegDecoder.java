package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/**
 * JPEG by the JDK's own reader, asked for its components; what they mean is worked out here as
 * libjpeg and Pillow do. The JDK builds bring libjpeg 6b or the system's libjpeg-turbo: what these
 * decode differently is rejected.
 */
final class JdkJpegDecoder implements Decoder {
  // ITU-T T.871 in 16 bits of fraction, as in libjpeg's jdcolor.c; a chroma sample is an index.
  private static final int[] RED = new int[256];
  private static final int[] BLUE = new int[256];
  private static final int[] GREEN_BY_CR = new int[256];
  private static final int[] GREEN_BY_CB = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      int x = i - 128;
      RED[i] = (fixed(1.40200) * x + (1 << 15)) >> 16;
      BLUE[i] = (fixed(1.77200) * x + (1 << 15)) >> 16;
      GREEN_BY_CR[i] = -fixed(0.71414) * x;
      GREEN_BY_CB[i] = -fixed(0.34414) * x + (1 << 15);
    }
  }

  private static int fixed(double x) {
    return (int) (x * (1 << 16) + 0.5);
  }

  @Override
  public Pixels decode(ImageHeader header, byte[] encoded, PixelBuffer buffer)
      throws RejectedException {
    JpegFrame frame = JpegFrame.read(encoded);
    // The JDK's reader makes up an end marker where there is none.
    if (!JpegScans.reachEnd(encoded)) {
      throw new RejectedException(Reason.TRUNCATED, "The JPEG has no end marker");
    }
    requireUnambiguous(frame, encoded);
    Raster raster = JdkReaders.read(JdkReaders.JPEG, encoded, reader -> reader.readRaster(0, null));
    if (raster.getWidth() != header.width()
        || raster.getHeight() != header.height()
        || raster.getNumBands() != frame.components()) {
      throw new RejectedException(Reason.CORRUPT, "The JPEG's data are not of the size it says");
    }
    // [height, width, components]
    byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
    byte[] rgb = buffer.take(header.bytes());
    convert(frame.colour(), samples, rgb, (int) header.pixels());
    return new Pixels(header.width(), header.height(), Pixels.ChannelOrder.RGB, rgb);
  }

  private static void requireUnambiguous(JpegFrame frame, byte[] encoded) throws RejectedException {
    String kind = "";
    if (frame.arithmetic()) {
      kind = "arithmetic coding";
    } else if (frame.upsamplesRowsOnly()) {
      kind = "vertical subsampling";
    } else if (frame.progressive() && !JpegScans.refineFully(encoded, frame)) {
      kind = "missing refinement scans";
    }
    if (!kind.isEmpty()) {
      throw new RejectedException(
          Reason.DECODER_UNAVAILABLE,
          "A JPEG with %s needs OpenCV, and less than four components".formatted(kind));
    }
  }

  private static void convert(JpegFrame.Colour colour, byte[] samples, byte[] rgb, int pixels) {
    switch (colour) {
      case GRAY -> gray(samples, rgb, pixels);
      case RGB -> System.arraycopy(samples, 0, rgb, 0, pixels * 3);
      case YCC -> ycc(samples, rgb, pixels);
      case CMYK -> cmyk(samples, rgb, pixels);
      case YCCK -> ycck(samples, rgb, pixels);
    }
  }

  private static void gray(byte[] samples, byte[] rgb, int pixels) {
    for (int i = 0, at = 0; i < pixels; i++, at += 3) {
      rgb[at] = samples[i];
      rgb[at + 1] = samples[i];
      rgb[at + 2] = samples[i];
    }
  }

  private static void ycc(byte[] samples, byte[] rgb, int pixels) {
    for (int at = 0; at < pixels * 3; at += 3) {
      int y = samples[at] & 0xFF;
      int cb = samples[at + 1] & 0xFF;
      int cr = samples[at + 2] & 0xFF;
      rgb[at] = (byte) red(y, cr);
      rgb[at + 1] = (byte) green(y, cb, cr);
      rgb[at + 2] = (byte) blue(y, cb);
    }
  }

  // Pillow takes every CMYK JPEG for an inverted one, as Adobe writes them.
  private static void cmyk(byte[] samples, byte[] rgb, int pixels) {
    for (int i = 0, from = 0, at = 0; i < pixels; i++, from += 4, at += 3) {
      int black = 255 - (samples[from + 3] & 0xFF);
      rgb[at] = InkColour.rgb(255 - (samples[from] & 0xFF), black);
      rgb[at + 1] = InkColour.rgb(255 - (samples[from + 1] & 0xFF), black);
      rgb[at + 2] = InkColour.rgb(255 - (samples[from + 2] & 0xFF), black);
    }
  }

  // libjpeg's YCCK to CMYK complements the colours, and Pillow's inversion takes that back.
  private static void ycck(byte[] samples, byte[] rgb, int pixels) {
    for (int i = 0, from = 0, at = 0; i < pixels; i++, from += 4, at += 3) {
      int y = samples[from] & 0xFF;
      int cb = samples[from + 1] & 0xFF;
      int cr = samples[from + 2] & 0xFF;
      int black = 255 - (samples[from + 3] & 0xFF);
      rgb[at] = InkColour.rgb(red(y, cr), black);
      rgb[at + 1] = InkColour.rgb(green(y, cb, cr), black);
      rgb[at + 2] = InkColour.rgb(blue(y, cb), black);
    }
  }

  private static int red(int y, int cr) {
    return clamp(y + RED[cr]);
  }

  private static int green(int y, int cb, int cr) {
    return clamp(y + ((GREEN_BY_CB[cb] + GREEN_BY_CR[cr]) >> 16));
  }

  private static int blue(int y, int cb) {
    return clamp(y + BLUE[cb]);
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}

package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The JDK's own image readers by the names of their providers, so that what else is registered, and
 * the context class loader, do not matter.
 */
final class JdkReaders {
  static final ImageReaderSpi JPEG = provider("com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi");
  static final ImageReaderSpi TIFF = provider("com.sun.imageio.plugins.tiff.TIFFImageReaderSpi");

  private JdkReaders() {}

  private static ImageReaderSpi provider(String className) {
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                ImageReaderSpi.class, spi -> spi.getClass().getName().equals(className), false);
    if (!providers.hasNext()) {
      throw new IllegalStateException("This Java has no " + className);
    }
    return providers.next();
  }

  /** What a reader is asked for. */
  interface Reading<T> {
    T read(ImageReader reader) throws IOException, RejectedException;
  }

  /** Opens a reader on the bytes, without their metadata, and closes it. */
  static <T> T read(ImageReaderSpi provider, byte[] encoded, Reading<T> reading)
      throws RejectedException {
    ImageReader reader = null;
    try (Bytes input = new Bytes(encoded)) {
      reader = provider.createReaderInstance();
      reader.setInput(input, true, true);
      return reading.read(reader);
    } catch (EOFException e) {
      throw new RejectedException(Reason.TRUNCATED, "The image data end early", e);
    } catch (IOException e) {
      throw new RejectedException(Reason.CORRUPT, "The image data are broken: " + reason(e), e);
    } finally {
      if (reader != null) {
        reader.dispose();
      }
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "no reason is given" : e.getMessage();
  }

  /** Bytes in memory, neither copied nor cached in a file. */
  private static final class Bytes extends ImageInputStreamImpl {
    private final byte[] data;

    Bytes(byte[] data) {
      this.data = data;
    }

    @Override
    public int read() {
      bitOffset = 0;
      return streamPos < data.length ? data[(int) streamPos++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      bitOffset = 0;
      int count = (int) Math.min(length, data.length - streamPos);
      if (count <= 0) {
        return length == 0 ? 0 : -1;
      }
      System.arraycopy(data, (int) streamPos, target, offset, count);
      streamPos += count;
      return count;
    }

    @Override
    public long length() {
      return data.length;
    }
  }
}

package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The JDK's own image readers, whatever other plug-ins a class path has. */
final class JdkReaders {
  private static final String OWN = "com.sun.imageio.plugins.";

  private JdkReaders() {}

  /** A new reader of a format, for one thread. */
  static ImageReader reader(ImageFormat format) {
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (providers.hasNext()) {
      ImageReaderSpi provider = providers.next();
      if (provider.getClass().getName().startsWith(OWN)
          && Arrays.asList(provider.getFormatNames()).contains(format.text())) {
        try {
          return provider.createReaderInstance();
        } catch (IOException e) {
          throw new IllegalStateException("The JDK's reader cannot be made: " + format, e);
        }
      }
    }
    throw new IllegalStateException("This JDK has no reader of " + format);
  }

  /** A step of decoding by a JDK reader. */
  interface Step<T> {
    T run(ImageReader reader) throws IOException;
  }

  /**
   * Runs a step on an image in memory.
   *
   * @throws RejectedException for whatever the reader throws, and for a warning that data end early
   */
  static <T> T read(ImageReader reader, byte[] encoded, Step<T> step) throws RejectedException {
    Truncation truncation = new Truncation();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      reader.setInput(in, false, true);
      reader.addIIOReadWarningListener(truncation);
      T result = step.run(reader);
      if (truncation.warning != null) {
        throw new RejectedException(Reason.TRUNCATED, truncation.warning);
      }
      return result;
    } catch (IOException | RuntimeException e) {
      throw rejection(e);
    } finally {
      reader.reset();
    }
  }

  private static RejectedException rejection(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException || endsEarly(String.valueOf(cause.getMessage()))) {
        return new RejectedException(Reason.TRUNCATED, "the image data end early", failure);
      }
    }
    return new RejectedException(Reason.CORRUPT, "the JDK's reader: " + failure, failure);
  }

  private static boolean endsEarly(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return text.contains("truncated") || text.contains("premature");
  }

  private static final class Truncation implements javax.imageio.event.IIOReadWarningListener {
    private String warning;

    @Override
    public void warningOccurred(ImageReader source, String text) {
      if (endsEarly(text)) {
        warning = text;
      }
    }
  }
}

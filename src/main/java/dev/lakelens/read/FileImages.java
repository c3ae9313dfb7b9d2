package dev.lakelens.read;

import dev.lakelens.image.ImageFile;
import dev.lakelens.image.RejectedException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Files as images, in their order. Those of a storage that answers over a network are read ahead by
 * threads of their own, as many at once and as many bytes as {@link #AHEAD} and {@link
 * #AHEAD_BYTES} say; the machine's own files are read when they are asked for.
 *
 * <p>Not safe for several threads.
 */
public final class FileImages implements Iterator<ReadImage>, AutoCloseable {
  /** A storage that answers in 50 ms hands on 320 images a second with so many at once. */
  static final int AHEAD = 16;

  /** Of encoded files that wait; a larger file is read alone. */
  static final long AHEAD_BYTES = 64L << 20;

  private final Iterator<ImageFile> files;
  private final FileReader reader;
  private final long maxBytes;
  private final ExecutorService threads = Executors.newCachedThreadPool(FileImages::thread);
  private final Queue<Ahead> ahead = new ArrayDeque<>();
  private long bytes; // of those ahead
  private ImageFile next; // of files, not ahead yet; null at the end

  /**
   * @param maxBytes files larger than this are rejected, and not read
   */
  public FileImages(Iterator<ImageFile> files, Configuration configuration, long maxBytes) {
    this.files = files;
    this.reader = new FileReader(configuration, maxBytes);
    this.maxBytes = maxBytes;
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null || !ahead.isEmpty();
  }

  @Override
  public ReadImage next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    readAhead();
    Ahead first = ahead.remove();
    bytes -= first.bytes;
    readAhead();
    return first.image.get();
  }

  /** Ends what is still being read. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void readAhead() {
    while (next != null && ahead.size() < AHEAD) {
      long size = next.length() > maxBytes ? 0 : next.length();
      if (!ahead.isEmpty() && bytes + size > AHEAD_BYTES) {
        return;
      }
      ahead.add(new Ahead(image(next), size));
      bytes += size;
      advance();
    }
  }

  private Supplier<ReadImage> image(ImageFile file) {
    if (LocalListing.isLocal(new Path(file.path()))) {
      return () -> read(file);
    }
    Future<ReadImage> image = threads.submit(() -> read(file));
    return () -> await(image, file);
  }

  private void advance() {
    next = files.hasNext() ? files.next() : null;
  }

  private ReadImage read(ImageFile file) {
    try {
      return new ReadImage.Encoded(file, reader.read(file));
    } catch (RejectedException e) {
      return new ReadImage.Unreadable(file, e.rejection());
    } catch (InterruptedIOException e) {
      throw killed(file, e);
    }
  }

  private static ReadImage await(Future<ReadImage> image, ImageFile file) {
    try {
      return image.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Reading %s failed".formatted(file.path()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw killed(file, new InterruptedIOException("interrupted"));
    }
  }

  private static UncheckedIOException killed(ImageFile file, InterruptedIOException cause) {
    return new UncheckedIOException("The task was killed while it read " + file.path(), cause);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "lakelens-read");
    thread.setDaemon(true);
    return thread;
  }

  private record Ahead(Supplier<ReadImage> image, long bytes) {}
}

package dev.lakelens.read;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A file system that answers when enough files are asked for at once. */
public final class SlowFileSystem extends RawLocalFileSystem {
  static final AtomicInteger OPENED = new AtomicInteger();
  private static final Semaphore INTERRUPTED = new Semaphore(0);

  private static volatile CountDownLatch answer = new CountDownLatch(0);

  static void answerTo(int files) {
    OPENED.set(0);
    INTERRUPTED.drainPermits();
    answer = new CountDownLatch(files);
  }

  static void awaitInterrupted(int files) throws InterruptedException {
    INTERRUPTED.acquire(files);
  }

  @Override
  public URI getUri() {
    return URI.create("slow:///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    OPENED.incrementAndGet();
    answer.countDown();
    try {
      answer.await();
    } catch (InterruptedException e) {
      INTERRUPTED.release();
      throw new InterruptedIOException("killed");
    }
    return super.open(path, bufferSize);
  }
}

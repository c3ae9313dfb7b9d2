package dev.lakelens.shelf;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes a body that has been silent for too long, which ends the read that waits for it. */
final class StallGuard implements AutoCloseable {
  private final InputStream body;
  private final Duration silence;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile long lastByte = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(InputStream body, Duration silence) {
    this.body = body;
    this.silence = silence;
    Thread thread = new Thread(this::watch, "lakelens-fetch-guard");
    thread.setDaemon(true);
    thread.start();
  }

  /** Bytes came. */
  void heard() {
    lastByte = System.nanoTime();
  }

  /** The body was closed for its silence. */
  boolean stalled() {
    return stalled;
  }

  @Override
  public void close() {
    done.countDown();
  }

  private void watch() {
    try {
      long rest = silence.toNanos();
      while (rest > 0) {
        if (done.await(rest, TimeUnit.NANOSECONDS)) {
          return;
        }
        rest = silence.toNanos() - (System.nanoTime() - lastByte);
      }
      stalled = true;
      body.close();
    } catch (IOException e) {
      stalled = true; // the read fails with it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

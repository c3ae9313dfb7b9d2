package dev.lakelens.shelf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to bring one model, among threads and among processes. It ends with the process, so
 * nobody's death leaves the shelf locked; the file stays.
 */
final class ShelfLock implements AutoCloseable {
  // the operating system's lock belongs to the process: threads need one besides
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final String name;
  private final ReentrantLock thread;
  private final FileChannel process;

  private ShelfLock(String name, ReentrantLock thread, FileChannel process) {
    this.name = name;
    this.thread = thread;
    this.process = process;
  }

  /** Waits for the lock of a name in a directory. */
  static ShelfLock take(Path directory, String name) throws IOException {
    Path file = directory.toRealPath().resolve(name + ".lock");
    ReentrantLock thread = THREADS.computeIfAbsent(file, path -> new ReentrantLock());
    thread.lock();
    FileChannel process = null;
    try {
      process = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      process.lock();
      return new ShelfLock(name, thread, process);
    } catch (IOException | RuntimeException e) {
      thread.unlock();
      if (process != null) {
        process.close();
      }
      throw e;
    }
  }

  /** The model that the holder brings. */
  String name() {
    return name;
  }

  @Override
  public void close() throws IOException {
    try {
      process.close(); // releases the lock
    } finally {
      thread.unlock();
    }
  }
}

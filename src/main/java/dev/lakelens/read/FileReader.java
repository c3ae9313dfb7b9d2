package dev.lakelens.read;

import dev.lakelens.image.ImageFile;
import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import dev.lakelens.model.FileFault;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.functional.FutureIO;

/** Reads whole files, each with one request where the file system allows it. */
final class FileReader {
  /** What Java puts where a name's bytes are not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final String NO_RIGHT = "Cannot be read: the job has no right to it";
  private static final int ATTEMPTS = 3;
  private static final long FIRST_PAUSE_MILLIS = 200;

  private final Configuration configuration;
  private final long maxBytes;
  private final long firstPauseMillis;

  FileReader(Configuration configuration, long maxBytes) {
    this(configuration, maxBytes, FIRST_PAUSE_MILLIS);
  }

  /**
   * @param firstPauseMillis before the second attempt; each other pause is twice as long
   */
  FileReader(Configuration configuration, long maxBytes, long firstPauseMillis) {
    this.configuration = configuration;
    this.maxBytes = maxBytes;
    this.firstPauseMillis = firstPauseMillis;
  }

  /**
   * Reads one file. What may pass is tried {@value #ATTEMPTS} times in all.
   *
   * @throws RejectedException if the file is too large, gone, changed, or stays unreadable
   */
  byte[] read(ImageFile file) throws RejectedException, InterruptedIOException {
    if (file.length() > maxBytes) {
      throw new RejectedException(
          Reason.TOO_MANY_BYTES,
          "%,d bytes are more than --max-bytes %,d".formatted(file.length(), maxBytes));
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return readOnce(file);
      } catch (EOFException e) {
        throw new RejectedException(
            Reason.CHANGED, "shorter than the %,d bytes listed".formatted(file.length()), e);
      } catch (FileNotFoundException | NoSuchFileException e) {
        throw absent(file, e);
      } catch (AccessControlException | AccessDeniedException e) {
        throw new RejectedException(Reason.READ_FAILED, NO_RIGHT, e);
      } catch (IOException e) {
        requireNotKilled(e);
        if (attempt == ATTEMPTS) {
          throw failed("Cannot be read in %d attempts".formatted(ATTEMPTS), e);
        }
        pause(firstPauseMillis << (attempt - 1));
      }
    }
  }

  /** A connection that times out is interrupted input, too, for the JDK. */
  private static void requireNotKilled(IOException fault) throws InterruptedIOException {
    if (fault instanceof InterruptedIOException killed
        && !(fault instanceof SocketTimeoutException)) {
      throw killed;
    }
  }

  private static RejectedException failed(String what, IOException fault) {
    return new RejectedException(
        Reason.READ_FAILED, "%s: %s".formatted(what, FileFault.of(fault)), fault);
  }

  private byte[] readOnce(ImageFile file) throws IOException, RejectedException {
    byte[] bytes = new byte[Math.toIntExact(file.length())];
    Path path = new Path(file.path());
    try (InputStream in = LocalListing.isLocal(path) ? LocalListing.open(path) : open(file, path)) {
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
        throw new EOFException();
      }
      if (in.read() >= 0) {
        throw new RejectedException(
            Reason.CHANGED, "longer than the %,d bytes listed".formatted(file.length()));
      }
    }
    return bytes;
  }

  private InputStream open(ImageFile file, Path path) throws IOException {
    // The status saves the request that asks for it.
    FileStatus status = new FileStatus(file.length(), false, 1, 0, file.modified(), path);
    return FutureIO.awaitFuture(
        path.getFileSystem(configuration)
            .openFile(path)
            .withFileStatus(status)
            .opt(
                OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY,
                OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_WHOLE_FILE)
            .build());
  }

  /** The JDK says "file not found" of a file that may not be read, too. */
  private RejectedException absent(ImageFile file, IOException cause) {
    Path path = new Path(file.path());
    try {
      if (path.getFileSystem(configuration).exists(path)) {
        return failed("Cannot be read", cause);
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    boolean undecodable = file.path().indexOf(REPLACEMENT) >= 0;
    return new RejectedException(
        Reason.NOT_FOUND,
        undecodable
            ? "Its name is not UTF-8, so Java cannot open it"
            : "Listed, and gone when it was read",
        cause);
  }

  private static void pause(long millis) throws InterruptedIOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted between two attempts to read");
    }
  }
}

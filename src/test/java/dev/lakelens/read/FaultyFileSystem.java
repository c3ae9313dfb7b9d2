package dev.lakelens.read;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;

/** A file system whose files fail as HDFS and S3 do, each as its name says. */
public final class FaultyFileSystem extends RawLocalFileSystem {
  static final AtomicInteger OPENED = new AtomicInteger();

  @Override
  public URI getUri() {
    return URI.create("faulty:///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    OPENED.incrementAndGet();
    throw switch (path.getName()) {
      case "denied" -> new AccessControlException("Permission denied: user=ann, access=READ");
      case "s3-403" ->
          new AccessDeniedException("s3a://lake/a", null, "S3Exception: Access Denied");
      case "reset" ->
          new IOException("java.net.SocketException: x", new SocketException("Connection reset"));
      case "silent" -> new SocketTimeoutException("60000 millis timeout, /10.0.0.7:41812");
      case "block" ->
          new IOException(
              "org.apache.hadoop.hdfs.BlockMissingException: Could not obtain block: blk_1\n\tat a.B");
      case "bug" -> new IOException("java.lang.NullPointerException");
      case "killed" -> new InterruptedIOException("killed");
      default -> throw new IllegalArgumentException("There is no fault " + path.getName());
    };
  }
}

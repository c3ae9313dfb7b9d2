package dev.lakelens.shelf;

import java.io.FilterOutputStream;
import java.io.IOException;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A file system that breaks off in the middle of one file, when it is written or when it is read.
 */
final class BreakingFileSystem extends FilterFileSystem {
  private static final int HALF = 100;

  private final String written;
  private final String read;

  /**
   * @param written in the name of the file that cannot be written
   * @param read name of the file that cannot be read
   */
  BreakingFileSystem(FileSystem whole, String written, String read) {
    super(whole);
    this.written = written;
    this.read = read;
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    FSDataOutputStream out =
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
    boolean breaks = path.getName().contains(written);
    return breaks ? new FSDataOutputStream(new HalfWritten(out), null) : out;
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    FSDataInputStream in = super.open(path, bufferSize);
    return path.getName().equals(read) ? new FSDataInputStream(new HalfRead(in)) : in;
  }

  private static IOException broken() {
    return new IOException("Connection reset");
  }

  private static final class HalfWritten extends FilterOutputStream implements Abortable {
    private final FSDataOutputStream whole;

    HalfWritten(FSDataOutputStream whole) {
      super(whole);
      this.whole = whole;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      whole.write(bytes, offset, Math.min(length, HALF));
      throw broken();
    }

    @Override
    public AbortableResult abort() {
      return whole.abort();
    }
  }

  private static final class HalfRead extends FSInputStream {
    private final FSDataInputStream whole;

    HalfRead(FSDataInputStream whole) {
      this.whole = whole;
    }

    @Override
    public int read() throws IOException {
      throw broken();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (getPos() > 0) {
        throw broken();
      }
      return whole.read(bytes, offset, Math.min(length, HALF));
    }

    @Override
    public void seek(long position) throws IOException {
      whole.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return whole.getPos();
    }

    @Override
    public boolean seekToNewSource(long position) throws IOException {
      return whole.seekToNewSource(position);
    }

    @Override
    public void close() throws IOException {
      whole.close();
    }
  }
}

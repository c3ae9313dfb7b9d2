package dev.lakelens.shelf;

import dev.lakelens.model.FileFault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A directory on a Hadoop file system, whose files appear whole; its failures are sentences. */
final class RemoteDirectory implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final FileSystem fileSystem;
  private final Path root;

  /**
   * @param fileSystem that the directory is on
   */
  RemoteDirectory(FileSystem fileSystem, Path root) {
    this.fileSystem = fileSystem;
    this.root = fileSystem.makeQualified(root);
  }

  /**
   * Opens the file system for this directory alone: that of a job at the same place has settings of
   * its own.
   *
   * @throws ShelfException where it cannot be opened
   */
  static RemoteDirectory open(String location, Configuration configuration) {
    try {
      Path root = new Path(location);
      return new RemoteDirectory(FileSystem.newInstance(root.toUri(), configuration), root);
    } catch (IOException | IllegalArgumentException e) {
      throw failed(location, "opened", e);
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }

  /** Names of the directories in it, sorted; none where it is not there. */
  List<String> directories() {
    try {
      return Arrays.stream(fileSystem.listStatus(root))
          .filter(FileStatus::isDirectory)
          .map(status -> status.getPath().getName())
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw failed(root, "read", e);
    }
  }

  /**
   * The bytes of a small file; empty where it is not there.
   *
   * @param file path below the directory
   */
  Optional<byte[]> read(String file) {
    try (InputStream in = fileSystem.open(path(file))) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed(path(file), "read", e);
    }
  }

  /**
   * Copies a file to this machine.
   *
   * @throws IOException where it cannot be written here
   */
  void copyTo(java.nio.file.Path local, String file) throws IOException {
    try (InputStream in = open(file);
        OutputStream out = Files.newOutputStream(local)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = read(in, buffer, file); n >= 0; n = read(in, buffer, file)) {
        out.write(buffer, 0, n);
      }
    }
  }

  private InputStream open(String file) {
    Path path = path(file);
    try {
      return fileSystem.open(path);
    } catch (FileNotFoundException e) {
      throw Shelf.missing(path.getParent(), path.getName());
    } catch (IOException e) {
      throw failed(path, "read", e);
    }
  }

  private int read(InputStream in, byte[] buffer, String file) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw failed(path(file), "read", e);
    }
  }

  /** Writes a file of this machine in the place of what is there; nobody sees half of it. */
  void write(String file, java.nio.file.Path local) {
    Path target = path(file);
    try {
      if (fileSystem.hasPathCapability(target, CommonPathCapabilities.ABORTABLE_STREAM)) {
        createWhole(target, local);
      } else {
        Path half = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID());
        create(half, local);
        rename(half, target);
      }
    } catch (IOException e) {
      throw failed(target, "written", e);
    }
  }

  /** The object appears when its stream is closed, half of it too unless that is aborted. */
  private void createWhole(Path target, java.nio.file.Path local) throws IOException {
    try (FSDataOutputStream out = fileSystem.create(target, true)) {
      try {
        Files.copy(local, out);
      } catch (IOException e) {
        out.abort();
        throw e;
      }
    }
  }

  private void create(Path target, java.nio.file.Path local) throws IOException {
    try (OutputStream out = fileSystem.create(target, true)) {
      Files.copy(local, out);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    fileSystem.delete(to, false);
    if (!fileSystem.rename(from, to)) {
      fileSystem.delete(from, false);
      if (!fileSystem.exists(to)) { // or another process has put it there just now
        throw new IOException("%s cannot be renamed to %s".formatted(from, to));
      }
    }
  }

  /** Moves a file to the place of what is there. */
  void move(String from, String to) {
    try {
      rename(path(from), path(to));
    } catch (IOException e) {
      throw failed(path(to), "written", e);
    }
  }

  /** Removes a file, or a directory with all that is in it, if it is there. */
  void delete(String file) {
    try {
      fileSystem.delete(path(file), true);
    } catch (IOException e) {
      throw failed(path(file), "removed", e);
    }
  }

  @Override
  public void close() {
    try {
      fileSystem.close();
    } catch (IOException e) {
      throw failed(root, "closed", e);
    }
  }

  private Path path(String file) {
    return new Path(root, file);
  }

  private static ShelfException failed(Object what, String done, Exception e) {
    return new ShelfException(
        "%s cannot be %s (%s); check its spelling, its credentials, and its file system's settings, such as --conf spark.hadoop.fs.s3a.endpoint=URL"
            .formatted(what, done, FileFault.of(e)),
        e);
  }
}

package dev.lakelens.read;

import dev.lakelens.image.ImageFile;
import dev.lakelens.image.SetupException;
import dev.lakelens.model.FileFault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Directories, files and globs on any Hadoop file system, resolved and not yet listed.
 *
 * <p>Every regular file below them is an image file: a name never decides. An argument that exists
 * as it is written is taken literally, so that {@code x[1].jpg} needs no escape.
 */
public final class Inputs {
  private final List<String> qualified;
  private final List<FileStatus> roots;
  private final Configuration configuration;

  private Inputs(List<String> qualified, List<FileStatus> roots, Configuration configuration) {
    this.qualified = qualified;
    this.roots = roots;
    this.configuration = configuration;
  }

  /**
   * Finds what the arguments name.
   *
   * @throws SetupException if an argument names nothing, or its file system cannot be reached
   */
  public static Inputs resolve(List<String> arguments, Configuration configuration) {
    List<String> qualified = new ArrayList<>();
    List<FileStatus> roots = new ArrayList<>();
    for (String argument : arguments) {
      try {
        Path path = new Path(argument);
        qualified.add(qualify(path, configuration).toString());
        roots.addAll(resolve(argument, configuration));
      } catch (IOException | IllegalArgumentException e) {
        throw new SetupException(
            "The input %s cannot be read: %s. Check its file system, its credentials and its spelling."
                .formatted(argument, FileFault.of(e)),
            e);
      }
    }
    return new Inputs(qualified, roots, configuration);
  }

  private static List<FileStatus> resolve(String argument, Configuration configuration)
      throws IOException {
    Path path = new Path(argument);
    FileSystem fileSystem = fileSystem(path, configuration);
    try {
      return List.of(fileSystem.getFileStatus(path));
    } catch (FileNotFoundException e) {
      FileStatus[] matches = fileSystem.globStatus(path);
      if (matches == null || matches.length == 0) {
        throw new SetupException(
            "No such input: %s. Give an existing directory, file or glob; quote a glob."
                .formatted(argument),
            e);
      }
      return List.of(matches);
    }
  }

  /** The files that Hadoop's own checksums of local files would hide are files like any other. */
  private static FileSystem fileSystem(Path path, Configuration configuration) throws IOException {
    FileSystem fileSystem = path.getFileSystem(configuration);
    return fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
  }

  /** The arguments as qualified paths, which mean the same everywhere. */
  public List<String> qualified() {
    return qualified;
  }

  /** Whether a path is one of these inputs, or lies below one, links followed. */
  public boolean contain(Path path) throws IOException {
    Path real = real(path);
    for (FileStatus root : roots) {
      Path input = real(root.getPath());
      for (Path ancestor = real; ancestor != null; ancestor = ancestor.getParent()) {
        if (ancestor.equals(input)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Path qualify(Path path, Configuration configuration) throws IOException {
    return path.getFileSystem(configuration).makeQualified(path);
  }

  private Path real(Path path) throws IOException {
    Path qualified = qualify(path, configuration);
    return LocalListing.isLocal(qualified) ? LocalListing.real(qualified) : qualified;
  }

  /**
   * Lists every regular file, recursively.
   *
   * @return each file once, sorted by path
   * @throws SetupException if a directory cannot be listed
   */
  public List<ImageFile> list() {
    Map<String, ImageFile> files = new TreeMap<>();
    for (FileStatus root : roots) {
      try {
        list(root, files);
      } catch (IOException e) {
        throw new SetupException(
            "The input %s cannot be listed: %s. Check its permissions."
                .formatted(root.getPath(), FileFault.naming(e)),
            e);
      }
    }
    return new ArrayList<>(files.values());
  }

  private void list(FileStatus root, Map<String, ImageFile> files) throws IOException {
    if (LocalListing.isLocal(root.getPath())) {
      LocalListing.list(root.getPath(), file -> files.put(file.path(), file));
      return;
    }
    FileSystem fileSystem = root.getPath().getFileSystem(configuration);
    RemoteIterator<LocatedFileStatus> statuses = fileSystem.listFiles(root.getPath(), true);
    while (statuses.hasNext()) {
      LocatedFileStatus status = statuses.next();
      if (status.isFile()) {
        ImageFile file = imageFile(status);
        files.put(file.path(), file);
      }
    }
  }

  private static ImageFile imageFile(FileStatus status) {
    String etag = status instanceof EtagSource source ? source.getEtag() : null;
    return new ImageFile(
        status.getPath().toString(),
        status.getLen(),
        status.getModificationTime(),
        etag == null ? "" : etag);
  }
}

package dev.lakelens.read;

import dev.lakelens.image.ImageFile;
import dev.lakelens.image.SetupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/**
 * Lists the machine's own files.
 *
 * <p>Hadoop's lister of {@code file:} leaves out a name that the JVM cannot encode, without an
 * error, and hides names that look like its checksums. This one lists them all.
 */
final class LocalListing {
  private static final String SCHEME = "file";

  private LocalListing() {}

  static boolean isLocal(Path path) {
    return SCHEME.equals(path.toUri().getScheme());
  }

  /** A path without links; the part that does not exist yet stays as it is. */
  static Path real(Path path) throws IOException {
    java.nio.file.Path local = java.nio.file.Path.of(path.toUri().getPath());
    java.nio.file.Path existing = local;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    java.nio.file.Path real = existing.toRealPath().resolve(existing.relativize(local));
    return new Path(SCHEME, null, real.toString());
  }

  /**
   * Opens a file, without the checksum files that Hadoop may have left beside it.
   *
   * @throws SetupException if the JVM's file names are not UTF-8
   */
  static InputStream open(Path path) throws IOException {
    requireUtf8Names();
    return Files.newInputStream(java.nio.file.Path.of(path.toUri().getPath()));
  }

  /**
   * Lists a file, or all below a directory. A file that goes away meanwhile is left out.
   *
   * @throws SetupException if the JVM's file names are not UTF-8
   */
  static void list(Path root, Consumer<ImageFile> files) throws IOException {
    requireUtf8Names();
    java.nio.file.Path start = java.nio.file.Path.of(root.toUri().getPath());
    Files.walkFileTree(
        start,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new RegularFiles(start, files));
  }

  /**
   * @throws SetupException if the JVM's file names are not UTF-8
   */
  static void requireUtf8Names() {
    requireUtf8Names(System.getProperty("sun.jnu.encoding"));
  }

  static void requireUtf8Names(String encoding) {
    if (!Charset.forName(encoding).equals(StandardCharsets.UTF_8)) {
      throw new SetupException(
          ("This JVM reads file names as %s, so names with other letters would be lost. Set"
                  + " LC_ALL=C.UTF-8 in its environment (spark.executorEnv.LC_ALL on executors).")
              .formatted(encoding));
    }
  }

  private static final class RegularFiles extends SimpleFileVisitor<java.nio.file.Path> {
    private final java.nio.file.Path start;
    private final Consumer<ImageFile> files;

    RegularFiles(java.nio.file.Path start, Consumer<ImageFile> files) {
      this.start = start;
      this.files = files;
    }

    @Override
    public FileVisitResult visitFile(java.nio.file.Path path, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        files.accept(
            new ImageFile(
                new Path(SCHEME, null, path.toString()).toString(),
                attributes.size(),
                attributes.lastModifiedTime().toMillis(),
                ""));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(java.nio.file.Path path, IOException failure)
        throws IOException {
      // A link to a directory above itself: its files are listed under their first name.
      boolean loop = failure instanceof FileSystemLoopException;
      boolean gone = failure instanceof NoSuchFileException && !path.equals(start);
      if (loop || gone) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }
}

package dev.lakelens.shelf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The first bytes of a file, and the entity tag of what they are the first bytes of. Bytes without
 * a strong tag cannot be told from another file's, and do not count.
 */
final class PartFile {
  private final Path path;
  private final Path tagPath;

  PartFile(Path directory, String name) {
    this.path = directory.resolve(name + ".part");
    this.tagPath = directory.resolve(name + ".etag");
  }

  Path path() {
    return path;
  }

  /** Bytes that are here and can be gone on from. */
  long size() throws IOException {
    return Files.exists(path) && Files.exists(tagPath) ? Files.size(path) : 0;
  }

  /** The tag of what {@link #size} counts; empty where it counts nothing. */
  String tag() throws IOException {
    return size() > 0 ? Files.readString(tagPath) : "";
  }

  /**
   * Forgets what is here and takes bytes of another answer.
   *
   * @param tag the answer's entity tag, empty where it has none
   */
  FileChannel restart(String tag) throws IOException {
    delete();
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (tag.startsWith("\"")) { // a weak tag, W/"...", does not promise the same bytes
      Files.writeString(tagPath, tag);
    }
    return channel;
  }

  /**
   * Makes a part again of a whole file that did not get onto the shelf. Its last byte is left out:
   * the answer with that byte tells whether the published file is still this one.
   */
  void takeBack(Path whole) throws IOException {
    if (!Files.exists(whole) || !Files.exists(tagPath) || Files.exists(path)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
      channel.truncate(Math.max(channel.size() - 1, 0));
    }
    Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Takes the bytes that follow. */
  FileChannel goOn() throws IOException {
    return FileChannel.open(path, StandardOpenOption.APPEND);
  }

  void delete() throws IOException {
    Files.deleteIfExists(tagPath);
    Files.deleteIfExists(path);
  }

  /** Bytes that the file system can still take. */
  long room() throws IOException {
    return Files.getFileStore(path.getParent()).getUsableSpace();
  }
}

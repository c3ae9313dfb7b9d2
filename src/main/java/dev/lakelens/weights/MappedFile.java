package dev.lakelens.weights;

import dev.lakelens.model.FileFault;
import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A weight file in memory, as a view of the disk: it may not change while its tensors live. */
final class MappedFile {
  private MappedFile() {}

  /**
   * The whole file, read-only.
   *
   * @throws ModelException where there is no file, or one that is empty or has 2 GiB or more
   */
  static ByteBuffer read(Path file) {
    if (Files.isDirectory(file)) {
      throw new ModelException("%s is a directory; name the weight file in it".formatted(file));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size == 0) {
        throw new ModelException(file + " is empty");
      }
      if (size > Integer.MAX_VALUE) {
        throw new ModelException(
            "%s has %d bytes, and only files below 2 GiB are read; save the state_dict alone"
                .formatted(file, size));
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
    } catch (NoSuchFileException e) {
      throw new ModelException("There is no file " + file, e);
    } catch (IOException e) {
      throw new ModelException("%s cannot be read: %s".formatted(file, FileFault.of(e)), e);
    }
  }
}

package dev.lakelens.models;

import dev.lakelens.model.FileFault;
import dev.lakelens.model.Labels;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Class names in files. */
final class LabelFile {
  private LabelFile() {}

  /**
   * Numbers in the place of names.
   *
   * @param notes hears that there are no names
   */
  static Labels numbers(int classes, Consumer<String> notes) {
    notes.accept(
        "nothing names the classes, so labels are their numbers; --labels FILE names them");
    return new Labels(IntStream.range(0, classes).mapToObj(String::valueOf).toList());
  }

  /**
   * @throws ModelException where there is no such file, or it is no text
   */
  static Labels read(Path file) {
    try {
      return Labels.parse(TextFile.read(file));
    } catch (IOException e) {
      throw new ModelException(
          "The labels %s cannot be read: %s. Give a text file in UTF-8, one name a line"
              .formatted(file, FileFault.of(e)),
          e);
    }
  }
}

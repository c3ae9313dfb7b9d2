package dev.lakelens.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakelens.image.SetupException;
import dev.lakelens.model.CardJson;
import dev.lakelens.model.FileFault;
import dev.lakelens.model.Labels;
import dev.lakelens.model.ModelCard;
import dev.lakelens.models.Cards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A directory that gets an ONNX file, its card and its labels.
 *
 * @param path made where it is not
 * @param onnx name of the ONNX file
 */
record ModelFolder(Path path, String onnx) {
  /** Refuses to write over anything; to be asked before the model is made, which takes a while. */
  void requireNew() {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new SetupException("--output %s is a file. Give a directory.".formatted(path));
    }
    for (String name : List.of(onnx, CardJson.FILE, Cards.LABELS)) {
      if (Files.exists(path.resolve(name))) {
        throw new SetupException(
            "%s is there already. Remove it, or give another --output."
                .formatted(path.resolve(name)));
      }
    }
  }

  /**
   * Writes everything.
   *
   * @return the ONNX file
   */
  Path write(ModelCard card, Labels labels, byte[] graph) {
    try {
      Files.createDirectories(path);
      write(onnx, graph);
      write(CardJson.FILE, CardJson.write(card).getBytes(UTF_8));
      if (labels.size() > 0) {
        write(Cards.LABELS, (String.join("\n", labels.names()) + "\n").getBytes(UTF_8));
      }
      return path.resolve(onnx);
    } catch (IOException e) {
      throw new SetupException(
          "The model cannot be written to %s: %s. Give another --output."
              .formatted(path, FileFault.of(e)),
          e);
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(path.resolve(name), bytes, StandardOpenOption.CREATE_NEW);
  }
}

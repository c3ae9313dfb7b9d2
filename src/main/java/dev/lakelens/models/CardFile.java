package dev.lakelens.models;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Model cards in files. */
final class CardFile {
  private CardFile() {}

  /**
   * @throws ModelException where there is no such file, or it is no card
   */
  static ModelCard read(Path file) {
    try {
      return CardJson.read(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new ModelException(
          "The card %s cannot be read (%s). jobs/model card FILE writes one".formatted(file, e), e);
    }
  }
}

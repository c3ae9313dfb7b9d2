package dev.lakelens.shelf;

import static java.util.Objects.requireNonNull;

import dev.lakelens.model.ModelCard;
import java.nio.file.Path;

/**
 * A model on the shelf whose weights are those that were recorded.
 *
 * @param card what the model is
 * @param directory holds the card, the weights, the labels and the digest
 * @param sha256 of the file of weights, 64 hex digits
 */
public record ShelvedModel(ModelCard card, Path directory, String sha256) {
  public ShelvedModel {
    requireNonNull(card, "card is null");
    requireNonNull(directory, "directory is null");
    requireNonNull(sha256, "sha256 is null");
  }

  /** The file of weights, in the format of the card's family. */
  public Path weights() {
    return directory.resolve(card.weights().file());
  }
}

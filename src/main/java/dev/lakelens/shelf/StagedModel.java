package dev.lakelens.shelf;

import dev.lakelens.model.ModelCard;
import java.nio.file.Path;

/**
 * A model that is whole and not on a shelf yet.
 *
 * @param directory of this machine, with all that a model's directory on a shelf has
 * @param sha256 of the weights
 */
record StagedModel(ModelCard card, Path directory, String sha256) {

  /** The file of weights, in the format of the card's family. */
  Path weights() {
    return directory.resolve(card.weights().file());
  }
}

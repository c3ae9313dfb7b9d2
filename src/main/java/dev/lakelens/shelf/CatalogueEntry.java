package dev.lakelens.shelf;

import static java.util.Objects.requireNonNull;

import dev.lakelens.model.Labels;
import dev.lakelens.model.ModelCard;
import java.net.URI;

/**
 * A public checkpoint.
 *
 * @param card what the model is; {@code originSha256} is empty unless the whole digest is published
 * @param url the published file
 * @param pin what the publisher says of the file's digest
 * @param parameters number of trained values
 */
public record CatalogueEntry(ModelCard card, URI url, Pin pin, long parameters) {
  private static final long FLOAT_BYTES = 4;
  private static final long MEBIBYTE = 1 << 20;

  public CatalogueEntry {
    requireNonNull(card, "card is null");
    requireNonNull(url, "url is null");
    requireNonNull(pin, "pin is null");
    if (parameters < 1) {
      throw new IllegalArgumentException("parameters must be at least 1, and is " + parameters);
    }
  }

  public String name() {
    return card.name();
  }

  /** Number of classes. */
  public int classes() {
    return Labels.IMAGENET_CLASSES;
  }

  /**
   * Bytes that no honest file of this checkpoint exceeds: statistics of batch normalisation, names
   * and a file format's blocks are less than a quarter of the parameters and a mebibyte.
   */
  public long maxBytes() {
    return parameters * FLOAT_BYTES * 5 / 4 + MEBIBYTE;
  }

  /** The card of the file that came. */
  ModelCard card(String sha256) {
    ModelCard.Weights weights = card.weights();
    return new ModelCard(
        card.name(),
        card.architecture(),
        card.preprocessing(),
        card.head(),
        card.labels(),
        new ModelCard.Weights(
            weights.file(), weights.family(), weights.origin(), sha256, weights.licence()),
        card.accuracy());
  }
}

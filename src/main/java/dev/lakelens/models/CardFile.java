package dev.lakelens.models;

import dev.lakelens.checkpoint.Checkpoint;
import dev.lakelens.checkpoint.Checkpoints;
import dev.lakelens.checkpoint.Family;
import dev.lakelens.model.CardJson;
import dev.lakelens.model.FileFault;
import dev.lakelens.model.Head;
import dev.lakelens.model.Labels;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model card in a file, and what lies beside it. */
record CardFile(Path path, ModelCard card) {
  /**
   * @throws ModelException where there is no such file, or it is no card
   */
  static CardFile read(Path path) {
    try {
      return new CardFile(path, CardJson.read(TextFile.read(path), path.toString()));
    } catch (IOException e) {
      throw new ModelException(
          "The card %s cannot be read: %s. jobs/model card FILE writes one"
              .formatted(path, FileFault.of(e)),
          e);
    }
  }

  /** Nothing says how images are prepared for a file. */
  static ModelException lacking(Path file) {
    return new ModelException(
        ("Nothing says how images are prepared for %s. Give a card with --preprocess;"
                + " jobs/model card --help says how to write one")
            .formatted(file));
  }

  /** Whether the weights are an ONNX graph. */
  boolean isOnnx() {
    return card.architecture() instanceof ModelCard.Graph;
  }

  /**
   * The file of weights.
   *
   * @throws ModelException where it is not there
   */
  Path weights() {
    return beside("weights", card.weights().file());
  }

  /**
   * Names of the classes, none without a head.
   *
   * @throws ModelException where their file is not there
   */
  Labels labels() {
    return card.head() == Head.NONE ? Labels.NONE : LabelFile.read(beside("labels", card.labels()));
  }

  /**
   * What the logits of a model are that this card is not of.
   *
   * @throws ModelException where its logits cannot be that
   */
  Head head(int classes) {
    card.head()
        .fault(classes)
        .ifPresent(
            fault -> {
              throw new ModelException("%s: %s".formatted(path, fault));
            });
    return card.head();
  }

  /**
   * The weights of a card that is not of an ONNX graph.
   *
   * @throws ModelException where they are not what the card says
   */
  Checkpoint checkpoint() {
    Checkpoint checkpoint = Checkpoints.read(weights(), family(), path.toString());
    String found = checkpoint.variant().text();
    if (!found.equals(card.architecture().name())) {
      throw new ModelException(
          "%s says architecture %s, and %s is %s; correct the card"
              .formatted(path, card.architecture().name(), weights(), found));
    }
    return checkpoint;
  }

  private Path beside(String key, String name) {
    Path file = path.resolveSibling(name);
    if (!Files.isRegularFile(file)) {
      throw new ModelException(
          "%s says that its %s are in \"%s\", and there is no such file beside it; put it there, or correct the card"
              .formatted(path, key, name));
    }
    return file;
  }

  private Family family() {
    try {
      return Family.named(card.weights().family());
    } catch (ModelException e) {
      throw new ModelException("%s: weights.family: %s".formatted(path, e.getMessage()), e);
    }
  }
}

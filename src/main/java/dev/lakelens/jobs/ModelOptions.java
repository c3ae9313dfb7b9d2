package dev.lakelens.jobs;

import dev.lakelens.model.Model;
import dev.lakelens.models.ModelFinder;
import dev.lakelens.models.ModelSettings;
import dev.lakelens.network.Trained;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a model is beside its name or file. */
final class ModelOptions {
  @Mixin private FileOptions file;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Class names of a model without a card, one a line.")
  private Path labels;

  @Option(
      names = "--preprocess",
      paramLabel = "CARD",
      description = {
        "Card whose preprocessing and head hold for a model without one;",
        "without a classifier the head is none."
      })
  private Path preprocess;

  @Mixin private ShelfOptions shelf;

  /**
   * Finds and builds a model.
   *
   * @param model as {@code --model} takes it
   */
  Model find(String model) {
    return finder(shelf).find(model, settings());
  }

  /**
   * Finds a network's weights.
   *
   * @param model as {@code --model} takes it
   */
  Trained findTrained(String model) {
    return finder(shelf).findTrained(model, settings());
  }

  private ModelSettings settings() {
    return new ModelSettings(
        file.family(),
        Optional.ofNullable(labels),
        Optional.ofNullable(preprocess),
        file.externalData());
  }

  /** Finds models, and tells on standard error what a person should know. */
  static ModelFinder finder(ShelfOptions shelf) {
    return new ModelFinder(
        shelf.shelf(),
        shelf.fetcher(),
        new FetchLine(System.err),
        note -> System.err.println("note: " + note));
  }

  ConfOptions conf() {
    return shelf.conf();
  }
}

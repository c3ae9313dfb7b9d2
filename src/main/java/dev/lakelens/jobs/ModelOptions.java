package dev.lakelens.jobs;

import dev.lakelens.model.Model;
import dev.lakelens.models.ModelSettings;
import dev.lakelens.network.TrainedNetwork;
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
    return shelf.search(finder -> finder.find(model, settings()));
  }

  /**
   * Finds a network's weights.
   *
   * @param model as {@code --model} takes it
   */
  TrainedNetwork findTrained(String model) {
    return shelf.search(finder -> finder.findTrained(model, settings()));
  }

  private ModelSettings settings() {
    return new ModelSettings(
        file.family(),
        Optional.ofNullable(labels),
        Optional.ofNullable(preprocess),
        file.externalData());
  }

  ConfOptions conf() {
    return shelf.conf();
  }
}

package dev.lakelens.models;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.LocalPath;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelException;
import dev.lakelens.network.TrainedNetwork;
import dev.lakelens.onnx.OnnxModel;
import dev.lakelens.shelf.Catalogue;
import dev.lakelens.shelf.FetchListener;
import dev.lakelens.shelf.Fetcher;
import dev.lakelens.shelf.Shelf;
import dev.lakelens.shelf.ShelvedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds models by what {@code --model} says. */
public final class ModelFinder {
  private final Shelf shelf;
  private final Fetcher fetcher;
  private final FetchListener listener;
  private final Consumer<String> notes;

  /**
   * @param shelf where fetched models are
   * @param fetcher brings what is in the catalogue and not on the shelf
   * @param listener hears of a download
   * @param notes hears what a person should know of a model, a sentence each
   */
  public ModelFinder(Shelf shelf, Fetcher fetcher, FetchListener listener, Consumer<String> notes) {
    this.shelf = shelf;
    this.fetcher = fetcher;
    this.listener = listener;
    this.notes = notes;
  }

  /**
   * Finds and builds a model.
   *
   * @param model a name in the jar, on the shelf or in the catalogue; a card; a directory with one;
   *     a checkpoint; or an ONNX file
   * @param settings what the model does not say itself
   * @throws ModelException where nothing has the name, the file cannot be used as it is, or the
   *     settings say what the model says itself
   */
  public Model find(String model, ModelSettings settings) {
    return source(model, settings).build();
  }

  /**
   * Finds a network's weights, for those who make a graph of their own.
   *
   * @param model and
   * @param settings as {@link #find} takes them
   * @throws ModelException as {@link #find}, and where the model is a graph
   */
  public TrainedNetwork findTrained(String model, ModelSettings settings) {
    return source(model, settings).trained();
  }

  /**
   * Finds a model and says what it is, without building it.
   *
   * @param model and
   * @param settings as {@link #find} takes them
   * @throws ModelException where nothing has the name, or the file is no model
   */
  public ModelInspection inspect(String model, ModelSettings settings) {
    return source(model, settings).inspect();
  }

  private Source source(String model, ModelSettings settings) {
    if (model.isBlank()) {
      throw new ModelException("The model has no name. jobs/model list shows the names");
    }
    if (Models.names().contains(model)) {
      refuseWithCard(model, settings);
      return new JarSource(model);
    }
    Path path =
        LocalPath.of(model)
            .orElseThrow(
                () ->
                    new ModelException(
                        "There is no model %s on this machine: copy it here, and give its path"
                            .formatted(model)));
    if (Files.isDirectory(path)) {
      return ofDirectory(path, settings);
    }
    if (Files.isRegularFile(path)) {
      return ofFile(path, settings);
    }
    return new CardSource(CardFile.read(shelved(model, settings).resolve(CardJson.FILE)), false);
  }

  private Source ofFile(Path file, ModelSettings settings) {
    if (file.toString().endsWith(".json")) {
      return ofCard(file, settings);
    }
    return OnnxModel.isOnnx(file)
        ? new OnnxSource(file, settings, notes)
        : new CheckpointSource(file, settings, notes);
  }

  private static Source ofDirectory(Path directory, ModelSettings settings) {
    Path card = directory.resolve(CardJson.FILE);
    if (!Files.isRegularFile(card)) {
      throw new ModelException(
          "%s is a directory without %s: name the model file in it, or write a card with jobs/model card"
              .formatted(directory, CardJson.FILE));
    }
    return ofCard(card, settings);
  }

  private static Source ofCard(Path file, ModelSettings settings) {
    CardFile card = CardFile.read(file);
    settings.refuse(
        file + " is a card, which says family, preprocessing and labels itself",
        "change the card, or the file of labels that it names",
        ModelSettings.FAMILY,
        ModelSettings.LABELS,
        ModelSettings.PREPROCESS);
    if (!card.isOnnx()) {
      settings.refuse(file + " is the card of no ONNX file", "", ModelSettings.EXTERNAL_DATA);
    }
    return new CardSource(card, settings.externalData());
  }

  private Path shelved(String name, ModelSettings settings) {
    Catalogue catalogue = Catalogue.load();
    boolean known = catalogue.knows(name);
    Optional<ShelvedModel> there = Shelf.isName(name) ? shelf.find(name) : Optional.empty();
    if (there.isEmpty() && !known) {
      throw new UnknownModelException(name, catalogue.remedy(name));
    }
    refuseWithCard(name, settings);
    return there.orElseGet(() -> fetcher.fetch(catalogue.named(name), shelf, listener)).directory();
  }

  private static void refuseWithCard(String name, ModelSettings settings) {
    settings.refuse(
        name + " comes with a card, which says family, preprocessing and labels",
        "build it (jobs/model build %s --output DIR) and change the card and the labels there"
            .formatted(name),
        ModelSettings.FAMILY,
        ModelSettings.LABELS,
        ModelSettings.PREPROCESS,
        ModelSettings.EXTERNAL_DATA);
  }
}

package dev.lakelens.models;

import dev.lakelens.checkpoint.Checkpoint;
import dev.lakelens.checkpoint.Checkpoints;
import dev.lakelens.checkpoint.Family;
import dev.lakelens.model.Head;
import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.network.EfficientNet;
import dev.lakelens.onnx.OnnxInspection;
import dev.lakelens.onnx.OnnxModels;
import dev.lakelens.shelf.Catalogue;
import dev.lakelens.shelf.FetchListener;
import dev.lakelens.shelf.Fetcher;
import dev.lakelens.shelf.Shelf;
import dev.lakelens.shelf.ShelvedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Finds models by what {@code --model} says. */
public final class ModelFinder {
  private static final String CARD = "card.json";

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
   * @throws ModelException where nothing has the name, or the file cannot be used as it is
   */
  public Model find(String model, ModelSettings settings) {
    Path path = Path.of(model);
    if (Models.names().contains(model)) {
      requireUnsaid(model, settings);
      requireUnsaid(model, "--labels", settings.labels());
      return Models.load(model);
    }
    if (Files.isDirectory(path)) {
      return ofCard(path.resolve(CARD), settings);
    }
    if (Files.isRegularFile(path)) {
      return ofFile(path, settings);
    }
    return ofCard(shelved(model).directory().resolve(CARD), settings);
  }

  private Model ofFile(Path file, ModelSettings settings) {
    if (file.toString().endsWith(".json")) {
      return ofCard(file, settings);
    }
    return OnnxModels.isOnnx(file) ? ofOnnx(file, settings) : ofCheckpoint(file, settings);
  }

  private ShelvedModel shelved(String name) {
    Catalogue catalogue = Catalogue.load();
    Optional<ShelvedModel> there = Shelf.isName(name) ? shelf.find(name) : Optional.empty();
    if (there.isEmpty() && !catalogue.knows(name)) {
      throw new UnknownModelException(name);
    }
    return there.orElseGet(() -> fetcher.fetch(catalogue.named(name), shelf, listener));
  }

  /** The weights and the labels lie beside the card. */
  private Model ofCard(Path file, ModelSettings settings) {
    ModelCard card = CardFile.read(file);
    requireUnsaid(file.toString(), settings);
    Path weights = file.resolveSibling(card.weights().file());
    Optional<Path> labels =
        card.head() == Head.NONE
            ? Optional.empty()
            : settings.labels().or(() -> Optional.of(file.resolveSibling(card.labels())));
    if (card.architecture().equals(OnnxModels.ARCHITECTURE)) {
      Labels named = labels.map(ModelFinder::read).orElse(Labels.NONE);
      return OnnxModels.load(weights, card, named, settings.externalData());
    }
    Checkpoint checkpoint =
        Checkpoints.read(weights, Family.named(card.weights().family()), file.toString());
    if (!checkpoint.variant().text().equals(card.architecture())) {
      throw new ModelException(
          "%s says architecture %s, and %s is %s"
              .formatted(file, card.architecture(), weights, checkpoint.variant().text()));
    }
    return EfficientNet.build(
        card, labels(labels, checkpoint.classes(), checkpoint.labels()), checkpoint.tensors());
  }

  private static void requireUnsaid(String model, ModelSettings settings) {
    requireUnsaid(model, "--preprocess", settings.preprocess());
    requireUnsaid(model, "--family", settings.family());
  }

  /** What comes with a card is what the card says. */
  private static void requireUnsaid(String model, String option, Optional<?> said) {
    if (said.isPresent()) {
      throw new ModelException(
          "%s is for files that come without a card, and %s has one; leave the option out"
              .formatted(option, model));
    }
  }

  private Model ofCheckpoint(Path file, ModelSettings settings) {
    Checkpoint checkpoint = Checkpoints.read(file, settings.family());
    Optional<ModelCard> like = settings.preprocess().map(CardFile::read);
    if (like.isEmpty()) {
      checkpoint.preparation().forEach(notes);
    }
    checkpoint.notes().forEach(notes);
    Preprocessing preprocessing =
        like.map(ModelCard::preprocessing)
            .or(checkpoint::preprocessing)
            .orElseThrow(() -> unprepared(file));
    Head head = CardDraft.head(checkpoint.classes(), like.map(ModelCard::head));
    ModelCard card = CardDraft.of(file, checkpoint, preprocessing, head);
    return EfficientNet.build(
        card,
        labels(settings.labels(), checkpoint.classes(), checkpoint.labels()),
        checkpoint.tensors());
  }

  private Model ofOnnx(Path file, ModelSettings settings) {
    OnnxInspection inspection = OnnxModels.inspect(file, settings.externalData());
    ModelCard like = settings.preprocess().map(CardFile::read).orElseThrow(() -> unprepared(file));
    ModelCard card = CardDraft.ofOnnx(file, like.preprocessing(), like.head());
    Labels labels = labels(settings.labels(), inspection.classes(), Optional.empty());
    return OnnxModels.load(file, card, labels, settings.externalData());
  }

  private static ModelException unprepared(Path file) {
    return new ModelException(
        ("Nothing says how images are prepared for %s. Give a card with --preprocess;"
                + " jobs/model card --help says how to write one")
            .formatted(file));
  }

  private Labels labels(Optional<Path> file, int classes, Optional<Labels> known) {
    if (classes == 0) {
      return Labels.NONE;
    }
    return file.map(ModelFinder::read).or(() -> known).orElseGet(() -> numbers(classes));
  }

  private Labels numbers(int classes) {
    notes.accept(
        "nothing names the classes, so labels are their numbers; --labels FILE names them");
    return new Labels(IntStream.range(0, classes).mapToObj(String::valueOf).toList());
  }

  private static Labels read(Path file) {
    try {
      return Labels.parse(Files.readString(file));
    } catch (IOException e) {
      throw new ModelException(
          "The labels %s cannot be read (%s). Give a text file in UTF-8, one name a line"
              .formatted(file, e),
          e);
    }
  }
}

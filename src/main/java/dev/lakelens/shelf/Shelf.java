package dev.lakelens.shelf;

import static java.util.Objects.requireNonNull;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory of models, one in each directory of its name:
 *
 * <pre>
 * NAME/card.json        what the model is
 * NAME/(weights)        the file that the card names, as it was published
 * NAME/imagenet1k.txt   the labels that the card names
 * NAME/SHA256SUMS       digest of the weights, for {@code sha256sum --check}
 * .fetching/            what is not whole yet
 * </pre>
 *
 * <p>A model appears by one atomic rename of its directory, whole or not at all, and any number of
 * processes may use the shelf.
 */
public final class Shelf {
  static final String CARD = "card.json";

  private static final String FETCHING = ".fetching";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private final Path root;
  private final Inspection inspection;

  /**
   * @param root the shelf's directory; made when the first model comes
   * @param inspection of what comes
   */
  public Shelf(Path root, Inspection inspection) {
    this.root = root.toAbsolutePath().normalize();
    this.inspection = requireNonNull(inspection, "inspection is null");
  }

  /**
   * Where the shelf is unless a person says otherwise: {@code lakelens/models} in {@code
   * XDG_CACHE_HOME}, or in {@code .cache} of the home directory.
   *
   * @param environment of the process
   * @param home directory of the user
   */
  public static Path defaultRoot(Map<String, String> environment, Path home) {
    Path cache = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    // the XDG specification: a relative path is invalid and to be ignored
    return (cache.isAbsolute() ? cache : home.resolve(".cache")).resolve("lakelens/models");
  }

  /** Whether a model on a shelf can have this name. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  public Path root() {
    return root;
  }

  /**
   * Cards of the models on the shelf, by name. Does not read weights.
   *
   * @throws ShelfException where a directory cannot be read
   * @throws dev.lakelens.model.ModelException where a card is none
   */
  public List<ModelCard> list() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> directories = Files.list(root)) {
      return directories
          .filter(directory -> isName(directory.getFileName().toString()))
          .filter(directory -> Files.exists(directory.resolve(CARD)))
          .sorted()
          .map(Shelf::card)
          .toList();
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  /**
   * Looks for a model and reads its weights once to compare their digest with the recorded one. A
   * model that a person laid there without a record gets one.
   *
   * @return empty where the shelf has no directory of this name
   * @throws ShelfException where the model is damaged; its sentence says what to remove
   * @throws dev.lakelens.model.ModelException where its card is none
   */
  public Optional<ShelvedModel> find(String name) {
    Path directory = directory(name);
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try {
      ModelCard card = card(directory);
      requireRegularFile(directory, card.weights().file());
      return Optional.of(new ShelvedModel(card, directory, DigestRecord.check(directory, card)));
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /**
   * Puts a published file on the shelf that a person has from elsewhere, by copying it.
   *
   * @return the model that is on the shelf, also where the same file was there before
   * @throws ShelfException where the file is not the one that the catalogue says, where another is
   *     on the shelf, or where the shelf cannot be written
   */
  public ShelvedModel add(CatalogueEntry entry, Path file) {
    requireFile(entry, file);
    try (ShelfLock lock = lock(entry.name())) {
      Optional<ShelvedModel> there = find(entry.name());
      if (there.isPresent()) {
        requireSame(there.get(), file);
        return there.get();
      }
      return copy(entry, file, lock);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * As {@link #add}, in the place of what is on the shelf under that name.
   *
   * @throws ShelfException where the file is not the one that the catalogue says, or the shelf
   *     cannot be written; what was on the shelf is still there
   */
  public ShelvedModel replace(CatalogueEntry entry, Path file) {
    requireFile(entry, file);
    try (ShelfLock lock = lock(entry.name())) {
      return copy(entry, file, lock);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private ShelvedModel copy(CatalogueEntry entry, Path file, ShelfLock lock) throws IOException {
    try {
      check(entry, file);
    } catch (WrongFileException e) {
      throw new ShelfException(
          "%s is not %s: %s; download it again from %s"
              .formatted(file, entry.name(), e.getMessage(), entry.url()),
          e);
    }
    return new Staging(this, lock).publish(entry, whole -> Files.copy(file, whole));
  }

  /** Nothing comes to the shelf that is not what the catalogue says. */
  void check(CatalogueEntry entry, Path file) throws IOException, WrongFileException {
    entry.pin().check(file);
    try {
      inspection.inspect(entry, file);
    } catch (ModelException e) {
      throw new WrongFileException(e.getMessage(), e);
    }
  }

  Path directory(String name) {
    if (!isName(name)) {
      throw new ShelfException(
          "%s cannot be a model's name; letters, digits, '.', '_' and '-' can".formatted(name));
    }
    return root.resolve(name);
  }

  /** Where files are that are not whole yet. */
  Path fetching() {
    return root.resolve(FETCHING);
  }

  /** Waits until no other thread and no other process brings a model of this name. */
  ShelfLock lock(String name) throws IOException {
    directory(name); // is a name
    return ShelfLock.take(Files.createDirectories(fetching()), name);
  }

  ShelfException unwritable(IOException e) {
    return new ShelfException(
        "The shelf %s cannot be written (%s); make room or rights there, or choose another directory"
                .formatted(root, ErrorText.of(e))
            + " with --models-dir",
        e);
  }

  private static ModelCard card(Path directory) {
    Path file = directory.resolve(CARD);
    try {
      ModelCard card = CardJson.read(Files.readString(file), file.toString());
      if (!card.name().equals(directory.getFileName().toString())) {
        throw new ShelfException(
            "%s is the card of %s; rename its directory to that".formatted(file, card.name()));
      }
      return card;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void requireRegularFile(Path directory, String file) {
    if (!Files.isRegularFile(directory.resolve(file))) {
      throw new ShelfException(
          "%s names the weights %s, and there is no such file beside it; remove %s and fetch again"
              .formatted(directory.resolve(CARD), file, directory));
    }
  }

  private static void requireFile(CatalogueEntry entry, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ShelfException(
          "There is no file %s; give the published file of %s, from %s"
              .formatted(file, entry.name(), entry.url()));
    }
    if (!Files.isReadable(file)) {
      throw new ShelfException("%s cannot be read; give yourself the right".formatted(file));
    }
  }

  private static void requireSame(ShelvedModel there, Path file) throws IOException {
    String sha256 = FileDigest.of(file, Pin.Algorithm.SHA256);
    if (!sha256.equals(there.sha256())) {
      throw new ShelfException(
          "%s is in %s already, with SHA-256 %s, and %s has %s; --replace puts it in its place"
              .formatted(there.card().name(), there.directory(), there.sha256(), file, sha256));
    }
  }

  private static ShelfException unreadable(Path path, IOException e) {
    return new ShelfException(
        "%s cannot be read (%s); give yourself the right, or remove it and fetch again"
            .formatted(path, ErrorText.of(e)),
        e);
  }
}

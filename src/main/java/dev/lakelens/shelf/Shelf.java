package dev.lakelens.shelf;

import static java.util.Objects.requireNonNull;

import dev.lakelens.model.LocalPath;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * A directory of models, one in each directory of its name:
 *
 * <pre>
 * NAME/card.json        what the model is
 * NAME/(weights)        the file that the card names, as it was published
 * NAME/imagenet1k.txt   the labels that the card names
 * NAME/SHA256SUMS       digest of the weights, for {@code sha256sum --check}
 * </pre>
 *
 * <p>A model appears whole or not at all, and any number of processes may use the shelf.
 */
public abstract sealed class Shelf implements AutoCloseable permits LocalShelf, RemoteShelf {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private final FileCheck fileCheck;

  /**
   * @param fileCheck of what comes
   */
  Shelf(FileCheck fileCheck) {
    this.fileCheck = requireNonNull(fileCheck, "fileCheck is null");
  }

  /**
   * The shelf at a place, which is made when the first model comes.
   *
   * @param location a directory of this machine, or one of any Hadoop file system by its scheme,
   *     such as {@code s3a://lake/models}
   * @param cache where models are brought to that are not of this machine
   * @param configuration of Hadoop's file systems; asked for such a place only
   * @throws ShelfException where the file system cannot be opened
   */
  public static Shelf at(
      String location,
      UserCache cache,
      Supplier<Configuration> configuration,
      FileCheck fileCheck) {
    Optional<Path> local = LocalPath.of(location);
    return local.isPresent()
        ? new LocalShelf(local.get(), fileCheck)
        : new RemoteShelf(
            RemoteDirectory.open(location, configuration.get()), cache.shelves(), fileCheck);
  }

  /** Whether a model on a shelf can have this name. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Where it is, as a person names it. */
  public abstract String location();

  /**
   * Cards of the models on the shelf, by name. Does not read weights.
   *
   * @throws ShelfException where the shelf cannot be read
   * @throws ModelException where a card is none
   */
  public abstract List<ModelCard> list();

  /**
   * Looks for a model, and compares the digest of its weights with the recorded one.
   *
   * @return in a directory of this machine; empty where the shelf has no model of this name
   * @throws ShelfException where the model is damaged; its sentence says what to remove
   * @throws ModelException where its card is none
   */
  public abstract Optional<ShelvedModel> find(String name);

  /**
   * Puts a published file on the shelf that a person has from elsewhere, by copying it.
   *
   * @return the model that is on the shelf, also where the same file was there before
   * @throws ShelfException where the file is not the one that the catalogue says, where another is
   *     on the shelf, or where the shelf cannot be written
   */
  public final ShelvedModel add(CatalogueEntry entry, Path file) {
    GivenFile given = new GivenFile(entry, file);
    try (ShelfLock lock = lock(entry.name())) {
      Optional<ShelvedModel> there = find(entry.name());
      if (there.isPresent()) {
        given.requireSame(there.get(), this);
        return there.get();
      }
      return copy(given, lock);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * As {@link #add}, in the place of what is on the shelf under that name.
   *
   * @throws ShelfException where the file is not the one that the catalogue says, and the shelf is
   *     as it was; or where the shelf cannot be written
   */
  public final ShelvedModel replace(CatalogueEntry entry, Path file) {
    GivenFile given = new GivenFile(entry, file);
    try (ShelfLock lock = lock(entry.name())) {
      return copy(given, lock);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private ShelvedModel copy(GivenFile given, ShelfLock lock) throws IOException {
    new PartFile(fetching(), lock.name()).delete(); // its tag is that of another file
    StagedModel staged =
        new Staging(fetching(), lock)
            .stage(given.entry(), whole -> Files.copy(given.file(), whole));
    try {
      check(given.entry(), staged.weights());
    } catch (WrongFileException e) {
      Staging.clear(staged.directory());
      throw given.refused(e, staged.weights());
    }
    return publish(staged, lock);
  }

  /** Nothing comes to the shelf that is not what the catalogue says. */
  final void check(CatalogueEntry entry, Path file) throws IOException, WrongFileException {
    entry.pin().check(file);
    try {
      fileCheck.check(entry, file);
    } catch (ModelException e) {
      throw new WrongFileException(e.getMessage(), e);
    }
  }

  /** Waits until no other thread and no other process of this machine brings this model. */
  final ShelfLock lock(String name) throws IOException {
    requireName(name);
    return ShelfLock.take(Files.createDirectories(fetching()), name);
  }

  static String requireName(String name) {
    if (!isName(name)) {
      throw new ShelfException(
          "%s cannot be a model's name; letters, digits, '.', '_' and '-' can".formatted(name));
    }
    return name;
  }

  static void requireOwn(ModelCard card, String directory, String file) {
    if (!card.name().equals(directory)) {
      throw new ShelfException(
          "%s is the card of %s; rename its directory to that".formatted(file, card.name()));
    }
  }

  static ShelfException missing(Object directory, String file) {
    return new ShelfException(
        "%s has a card and no %s; put the file there, or remove the directory and fetch again"
            .formatted(directory, file));
  }

  /** Closes what was opened for it; models that were found stay. */
  @Override
  public abstract void close();

  /** A directory of this machine for files that are not whole yet. */
  abstract Path fetching();

  /** Puts a model on the shelf, in the place of what is there. Only the holder of its lock may. */
  abstract ShelvedModel publish(StagedModel staged, ShelfLock lock) throws IOException;

  /** The sentence where {@link #fetching} cannot be written. */
  abstract ShelfException unwritable(IOException e);
}

package dev.lakelens.shelf;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.FileFault;
import dev.lakelens.model.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A shelf of this machine. A model appears by one atomic rename of its directory; what is not whole
 * yet is in {@code .fetching}.
 */
final class LocalShelf extends Shelf {
  private final Path root;

  LocalShelf(Path root, FileCheck fileCheck) {
    super(fileCheck);
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public String location() {
    return root.toString();
  }

  @Override
  public List<ModelCard> list() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> directories = Files.list(root)) {
      return directories
          .filter(directory -> isName(directory.getFileName().toString()))
          .filter(directory -> Files.exists(directory.resolve(CardJson.FILE)))
          .sorted()
          .map(LocalShelf::card)
          .toList();
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  /** A model that a person laid there without a record of its digest gets one. */
  @Override
  public Optional<ShelvedModel> find(String name) {
    Path directory = root.resolve(requireName(name));
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

  @Override
  public void close() {
    // a directory of this machine is not opened
  }

  @Override
  Path fetching() {
    return root.resolve(".fetching");
  }

  /** A rename cannot put a directory in the place of one that is not empty. */
  @Override
  ShelvedModel publish(StagedModel staged, ShelfLock lock) throws IOException {
    Path home = root.resolve(lock.name());
    Path old = fetching().resolve(lock.name() + ".old");
    Staging.clear(old);
    if (Files.exists(home)) {
      Files.move(home, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(staged.directory(), home, StandardCopyOption.ATOMIC_MOVE);
    Staging.clear(old);
    return new ShelvedModel(staged.card(), home, staged.sha256());
  }

  @Override
  ShelfException unwritable(IOException e) {
    return new ShelfException(
        "The shelf %s cannot be written (%s); make room or rights there, or choose another directory"
                .formatted(root, FileFault.naming(e))
            + " with --models-dir",
        e);
  }

  private static ModelCard card(Path directory) {
    Path file = directory.resolve(CardJson.FILE);
    try {
      ModelCard card = CardJson.read(Files.readString(file), file.toString());
      requireOwn(card, directory.getFileName().toString(), file.toString());
      return card;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void requireRegularFile(Path directory, String file) {
    if (!Files.isRegularFile(directory.resolve(file))) {
      throw missing(directory, file);
    }
  }

  private static ShelfException unreadable(Path path, IOException e) {
    return new ShelfException(
        "%s cannot be read (%s); give yourself the right, or remove it and fetch again"
            .formatted(path, FileFault.naming(e)),
        e);
  }
}

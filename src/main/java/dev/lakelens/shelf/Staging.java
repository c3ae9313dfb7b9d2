package dev.lakelens.shelf;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.ModelCard;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A model's directory until it is whole. Only the holder of the lock has it. */
final class Staging {
  private final Shelf shelf;
  private final Path directory;

  Staging(Shelf shelf, ShelfLock lock) {
    this.shelf = shelf;
    this.directory = shelf.fetching().resolve(lock.name());
  }

  /** Lays a file of weights at a path. */
  @FunctionalInterface
  interface Source {
    void layAt(Path path) throws IOException;
  }

  /** Puts card, labels and digest beside the weights and renames the directory onto the shelf. */
  ShelvedModel publish(CatalogueEntry entry, Source source) throws IOException {
    clear(directory); // what a process left that died before its rename
    Files.createDirectories(directory);
    Path weights = directory.resolve(entry.card().weights().file());
    source.layAt(weights);
    force(weights);
    String sha256 = FileDigest.of(weights, Pin.Algorithm.SHA256);
    ModelCard card = entry.card(sha256);
    Files.writeString(directory.resolve(Shelf.CARD), CardJson.write(card));
    PublicLabels.copyTo(directory);
    DigestRecord.write(directory, card, sha256);
    Path home = shelf.directory(entry.name());
    replace(home);
    return new ShelvedModel(card, home, sha256);
  }

  /** A rename cannot put a directory in the place of one that is not empty. */
  private void replace(Path home) throws IOException {
    Path old = directory.resolveSibling(directory.getFileName() + ".old");
    clear(old);
    if (Files.exists(home)) {
      Files.move(home, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(directory, home, StandardCopyOption.ATOMIC_MOVE);
    clear(old);
  }

  private static void clear(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> leftovers;
    try (Stream<Path> paths = Files.walk(directory)) {
      leftovers = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path leftover : leftovers) {
      Files.delete(leftover);
    }
  }

  // a name must not outlive its bytes in a loss of power
  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}

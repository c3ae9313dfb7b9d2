package dev.lakelens.shelf;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.Digest;
import dev.lakelens.model.ModelCard;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A model's directory until it is whole. Only the holder of the lock has it. */
final class Staging {
  private final Path directory;

  /**
   * @param fetching directory for what is not whole
   */
  Staging(Path fetching, ShelfLock lock) {
    this.directory = fetching.resolve(lock.name());
  }

  /** Lays a file of weights at a path. */
  @FunctionalInterface
  interface Source {
    void layAt(Path path) throws IOException;
  }

  /** A published file, with its card, labels and digest beside it. */
  StagedModel stage(CatalogueEntry entry, Source source) throws IOException {
    Path weights = lay(entry.card(), source);
    String sha256 = Digest.of(weights);
    ModelCard card = entry.card(sha256);
    Files.writeString(directory.resolve(CardJson.FILE), CardJson.write(card));
    PublicLabels.copyTo(directory);
    DigestRecord.write(directory, card, sha256);
    return new StagedModel(card, directory, sha256);
  }

  /** The weights alone. */
  Path lay(ModelCard card, Source source) throws IOException {
    clear(directory); // what a process left that died
    Files.createDirectories(directory);
    Path weights = weights(card);
    source.layAt(weights);
    force(weights);
    return weights;
  }

  /** Where the weights are laid. */
  Path weights(ModelCard card) {
    return directory.resolve(card.weights().file());
  }

  /** Removes a directory with all that is in it. */
  static void clear(Path directory) throws IOException {
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

package dev.lakelens.shelf;

import dev.lakelens.model.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The digest of a model's weights, in the format of {@code sha256sum}. */
final class DigestRecord {
  private static final String FILE = "SHA256SUMS";

  private DigestRecord() {}

  /** Writes the record of a directory that nobody else sees. */
  static void write(Path directory, ModelCard card, String sha256) throws IOException {
    Files.writeString(directory.resolve(FILE), line(card, sha256));
  }

  /**
   * Compares the weights with their record, which is made where there is none.
   *
   * @return the digest, 64 hex digits
   * @throws ShelfException where the weights have changed
   */
  static String check(Path directory, ModelCard card) throws IOException {
    Path weights = directory.resolve(card.weights().file());
    String sha256 = FileDigest.of(weights, Pin.Algorithm.SHA256);
    Path record = directory.resolve(FILE);
    if (!Files.exists(record)) {
      Path draft = Files.createTempFile(directory, FILE, ".draft");
      Files.writeString(draft, line(card, sha256));
      Files.move(draft, record, StandardCopyOption.ATOMIC_MOVE);
    }
    String recorded = Files.readString(record);
    if (!recorded.equals(line(card, sha256))) {
      throw new ShelfException(
          "%s has SHA-256 %s, and %s says %s; the file has changed: remove %s and fetch again"
              .formatted(weights, sha256, record, recorded.strip(), directory));
    }
    return sha256;
  }

  private static String line(ModelCard card, String sha256) {
    return "%s  %s\n".formatted(sha256, card.weights().file());
  }
}

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
    boolean recorded = Files.exists(record);
    if (recorded) {
      String known = Files.readString(record);
      require(known.equals(line(card, sha256)), directory, card, sha256, record, known.strip());
    }
    ModelCard.Weights said = card.weights();
    boolean published = said.isPublished() && !said.originSha256().isEmpty();
    require(
        !published || said.originSha256().equals(sha256),
        directory,
        card,
        sha256,
        directory.resolve(Shelf.CARD),
        said.originSha256());
    if (!recorded) {
      Path draft = Files.createTempFile(directory, FILE, ".draft");
      Files.writeString(draft, line(card, sha256));
      Files.move(draft, record, StandardCopyOption.ATOMIC_MOVE);
    }
    return sha256;
  }

  private static void require(
      boolean same, Path directory, ModelCard card, String sha256, Path who, String says) {
    if (!same) {
      throw new ShelfException(
          "%s has SHA-256 %s, and %s says %s; the file has changed: remove %s and fetch again"
              .formatted(directory.resolve(card.weights().file()), sha256, who, says, directory));
    }
  }

  private static String line(ModelCard card, String sha256) {
    return "%s  %s\n".formatted(sha256, card.weights().file());
  }
}

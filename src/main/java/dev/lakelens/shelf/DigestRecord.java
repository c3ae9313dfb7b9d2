package dev.lakelens.shelf;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.Digest;
import dev.lakelens.model.FileFault;
import dev.lakelens.model.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The digest of a model's weights, in the format of {@code sha256sum}. */
final class DigestRecord {
  static final String FILE = "SHA256SUMS";

  private DigestRecord() {}

  /** Writes the record of a directory that nobody else sees. */
  static void write(Path directory, ModelCard card, String sha256) throws IOException {
    Files.writeString(directory.resolve(FILE), line(card, sha256));
  }

  /**
   * Compares the weights with their record, which is made where there is none.
   *
   * @return the digest, 64 hex digits
   * @throws ShelfException where the weights have changed, or their record cannot be made
   */
  static String check(Path directory, ModelCard card) throws IOException {
    String sha256 = Digest.of(directory.resolve(card.weights().file()));
    Path record = directory.resolve(FILE);
    boolean recorded = Files.exists(record);
    String text = recorded ? Files.readString(record) : line(card, sha256);
    compare(directory.toString(), card, sha256, text);
    if (!recorded) {
      record(directory, card, text);
    }
    return sha256;
  }

  /**
   * Writes a record where there is none.
   *
   * @throws ShelfException where it cannot be written
   */
  static void record(Path directory, ModelCard card, String text) {
    try {
      Path draft = Files.createTempFile(directory, FILE, ".draft");
      Files.writeString(draft, text);
      Files.move(draft, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new ShelfException(
          "%1$s has no %2$s, and it cannot be written there (%4$s); whoever may write there makes it with: cd %1$s && sha256sum %3$s > %2$s"
              .formatted(directory, FILE, card.weights().file(), FileFault.of(e)),
          e);
    }
  }

  /**
   * Compares a digest with the record, and with the card of a file that is as it was published.
   *
   * @param directory of the model, as a person names it
   * @throws ShelfException where the weights have changed
   */
  static void compare(String directory, ModelCard card, String sha256, String record) {
    ModelCard.Weights weights = card.weights();
    if (!record.equals(line(card, sha256))) {
      throw changed(directory, weights, sha256, FILE, record.strip());
    }
    String published = weights.isPublished() ? weights.originSha256() : "";
    if (!published.isEmpty() && !published.equals(sha256)) {
      throw changed(directory, weights, sha256, CardJson.FILE, published);
    }
  }

  private static ShelfException changed(
      String directory, ModelCard.Weights weights, String sha256, String file, String says) {
    return new ShelfException(
        "%s/%s has SHA-256 %s, and %s beside it says %s; the file has changed: remove %s and fetch again"
            .formatted(directory, weights.file(), sha256, file, says, directory));
  }

  private static String line(ModelCard card, String sha256) {
    return "%s  %s\n".formatted(sha256, card.weights().file());
  }
}

package dev.lakelens.shelf;

import dev.lakelens.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A published file that a person has from elsewhere. */
record GivenFile(CatalogueEntry entry, Path file) {

  /**
   * @throws ShelfException where there is no such file, or it cannot be read
   */
  GivenFile {
    if (!Files.isRegularFile(file)) {
      throw new ShelfException(
          "There is no file %s; give the published file of %s, from %s"
              .formatted(file, entry.name(), entry.url()));
    }
    if (!Files.isReadable(file)) {
      throw new ShelfException("%s cannot be read; give yourself the right".formatted(file));
    }
  }

  /**
   * @throws ShelfException where another file is on the shelf
   */
  void requireSame(ShelvedModel there, Shelf shelf) throws IOException {
    String sha256 = Digest.of(file);
    if (!sha256.equals(there.sha256())) {
      throw new ShelfException(
          "%s is on the shelf %s already, with SHA-256 %s, and %s has %s; --replace puts it in its place"
              .formatted(entry.name(), shelf.location(), there.sha256(), file, sha256));
    }
  }

  /**
   * It is not what the catalogue says.
   *
   * @param copy of it, which was looked into and which the person does not know
   */
  ShelfException refused(WrongFileException e, Path copy) {
    String clause = e.getMessage().replace(copy.toString(), file.toString());
    return new ShelfException(
        "%s is not %s: %s; download it again from %s"
            .formatted(file, entry.name(), clause, entry.url()),
        e);
  }
}

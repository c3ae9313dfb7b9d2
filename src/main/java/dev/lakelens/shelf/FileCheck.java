package dev.lakelens.shelf;

import java.nio.file.Path;

/** Looks into a file before it comes to the shelf. The shelf itself reads no checkpoints. */
@FunctionalInterface
public interface FileCheck {

  /**
   * Compares a file with what the catalogue says of it.
   *
   * @throws dev.lakelens.model.ModelException where the file cannot be read, or is another model;
   *     its sentence names the file and says what it is
   */
  void check(CatalogueEntry entry, Path file);
}

package dev.lakelens.models;

import dev.lakelens.checkpoint.Checkpoint;
import dev.lakelens.checkpoint.Checkpoints;
import dev.lakelens.checkpoint.Family;
import dev.lakelens.model.Counted;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import dev.lakelens.shelf.CatalogueEntry;
import dev.lakelens.shelf.FileCheck;
import dev.lakelens.weights.WeightFormat;
import java.nio.file.Path;

/**
 * Reads a file as the checkpoint that the catalogue's card says: format, architecture, family and
 * classes. Trainings of one architecture have the same tensors and are not told apart.
 */
public final class CatalogueCheck implements FileCheck {
  @Override
  public void check(CatalogueEntry entry, Path file) {
    ModelCard.Weights weights = entry.card().weights();
    WeightFormat format = WeightFormat.of(file);
    require(format.isNameOf(weights.file()), file, "a file of " + format.text(), weights.file());
    Family family = Family.named(weights.family());
    Checkpoint found = Checkpoints.read(file, family, "The catalogue");
    String architecture = entry.card().architecture().name();
    require(
        found.variant().text().equals(architecture),
        file,
        "EfficientNet " + found.variant().text(),
        architecture);
    require(
        found.classes() == entry.classes(),
        file,
        "of " + Counted.classes(found.classes()),
        String.valueOf(entry.classes()));
  }

  private static void require(boolean same, Path file, String found, String wanted) {
    if (!same) {
      throw new ModelException(
          "%s is %s, and the catalogue says %s".formatted(file, found, wanted));
    }
  }
}

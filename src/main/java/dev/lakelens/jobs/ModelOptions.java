package dev.lakelens.jobs;

import dev.lakelens.checkpoint.Family;
import dev.lakelens.models.ModelFinder;
import dev.lakelens.models.ModelSettings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a model is beside its name or file. */
final class ModelOptions {
  @Option(
      names = "--family",
      paramLabel = "FAMILY",
      converter = FamilyConverter.class,
      description = "Who made a checkpoint whose tensors cannot tell it, such as timm-tf.")
  private Family family;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Class names of a checkpoint, one a line.")
  private Path labels;

  @Option(
      names = "--preprocess",
      paramLabel = "CARD",
      description = {
        "Card whose preprocessing and head hold for a file without its own;",
        "without a classifier the head is none."
      })
  private Path preprocess;

  @Option(
      names = "--external-data",
      description = "Let an ONNX file have tensors in other files of its folder.")
  private boolean externalData;

  @Mixin private ShelfOptions shelf;

  ModelSettings settings() {
    return new ModelSettings(
        Optional.ofNullable(family),
        Optional.ofNullable(labels),
        Optional.ofNullable(preprocess),
        externalData);
  }

  ModelFinder finder() {
    return new ModelFinder(
        shelf.shelf(),
        shelf.fetcher(),
        new FetchLine(System.err),
        note -> System.err.println("note: " + note));
  }

  ConfOptions conf() {
    return shelf.conf();
  }

  /** By the name that cards have. */
  static final class FamilyConverter implements ITypeConverter<Family> {
    @Override
    public Family convert(String name) {
      return Family.named(name);
    }
  }
}

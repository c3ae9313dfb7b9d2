package dev.lakelens.models;

import static java.util.Objects.requireNonNull;

import dev.lakelens.checkpoint.Family;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a person says of a model beside its file.
 *
 * @param family of a checkpoint whose tensors cannot tell it
 * @param labels file of class names, one a line
 * @param preprocess card whose preprocessing and head hold for a file without a card of its own
 * @param externalData whether tensors of an ONNX file may lie in other files of its folder
 */
public record ModelSettings(
    Optional<Family> family,
    Optional<Path> labels,
    Optional<Path> preprocess,
    boolean externalData) {
  /** Nothing but the file. */
  public static final ModelSettings NONE =
      new ModelSettings(Optional.empty(), Optional.empty(), Optional.empty(), false);

  public ModelSettings {
    requireNonNull(family, "family is null");
    requireNonNull(labels, "labels is null");
    requireNonNull(preprocess, "preprocess is null");
  }
}

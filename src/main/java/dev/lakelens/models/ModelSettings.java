package dev.lakelens.models;

import static java.util.Objects.requireNonNull;

import dev.lakelens.checkpoint.Family;
import dev.lakelens.model.ModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  static final String FAMILY = "--family";
  static final String LABELS = "--labels";
  static final String PREPROCESS = "--preprocess";
  static final String EXTERNAL_DATA = "--external-data";

  public ModelSettings {
    requireNonNull(family, "family is null");
    requireNonNull(labels, "labels is null");
    requireNonNull(preprocess, "preprocess is null");
  }

  /**
   * Refuses options that a model has no use for: none is passed over in silence.
   *
   * @param fact a clause about the model that says why
   * @param otherwise what to do where they matter; empty where they cannot
   * @throws ModelException where one of the options is given
   */
  void refuse(String fact, String otherwise, String... options) {
    List<String> idle = given();
    idle.retainAll(Arrays.asList(options));
    if (!idle.isEmpty()) {
      String out = String.join(", ", idle).replaceFirst(", ([^,]*)$", " and $1");
      throw new ModelException(
          otherwise.isEmpty()
              ? "%s: leave out %s".formatted(fact, out)
              : "%s: leave out %s, or %s".formatted(fact, out, otherwise));
    }
  }

  private List<String> given() {
    List<String> given = new ArrayList<>();
    family.ifPresent(said -> given.add(FAMILY));
    labels.ifPresent(said -> given.add(LABELS));
    preprocess.ifPresent(said -> given.add(PREPROCESS));
    if (externalData) {
      given.add(EXTERNAL_DATA);
    }
    return given;
  }
}

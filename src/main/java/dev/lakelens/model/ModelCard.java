package dev.lakelens.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Map;

/**
 * What a model is, beside its tensors.
 *
 * @param name of the model, as {@code --model} takes it
 * @param architecture what computes its outputs
 * @param preprocessing pixels to input, as in training
 * @param head what the logits are
 * @param labels file of class names, one a line, beside the card; empty without a head
 * @param weights where the tensors come from
 * @param accuracy measured figures, by what was measured
 */
public record ModelCard(
    String name,
    Architecture architecture,
    Preprocessing preprocessing,
    Head head,
    String labels,
    Weights weights,
    Map<String, String> accuracy)
    implements Serializable {

  /** What computes a model's outputs. */
  public sealed interface Architecture extends Serializable {
    /** As cards write it. */
    String name();
  }

  /**
   * A variant of EfficientNet, with what its tensors do not tell.
   *
   * @param name such as {@code b0} or {@code lite0}
   * @param padding of strided convolutions
   * @param epsilon of batch normalisation
   */
  public record Variant(String name, Padding padding, double epsilon) implements Architecture {
    public Variant {
      requireNonNull(name, "architecture is null");
      requireNonNull(padding, "padding is null");
      if (!(epsilon > 0 && epsilon < 1)) {
        throw new IllegalArgumentException("epsilon must be between 0 and 1, and is " + epsilon);
      }
    }
  }

  /** The graph in an ONNX file, which has its padding and its epsilon in it. */
  public record Graph() implements Architecture {
    static final String NAME = "onnx";

    @Override
    public String name() {
      return NAME;
    }
  }

  /**
   * Where tensors come from.
   *
   * @param file the file of tensors beside the card
   * @param family whose names and layouts the tensors have, such as {@code timm-tf} or {@code
   *     keras}
   * @param origin the published file that the tensors were taken from
   * @param originSha256 digest of the published file; empty until somebody has had the whole file
   * @param licence SPDX identifier
   */
  public record Weights(
      String file, String family, String origin, String originSha256, String licence)
      implements Serializable {
    public Weights {
      requireNonNull(file, "file is null");
      requireNonNull(family, "family is null");
      requireNonNull(origin, "origin is null");
      requireNonNull(originSha256, "originSha256 is null");
      requireNonNull(licence, "licence is null");
      requireBeside(file, "file");
    }

    /** Whether the file is the published one, as its name says, and not made from it. */
    public boolean isPublished() {
      return file.equals(origin.substring(origin.lastIndexOf('/') + 1));
    }
  }

  public ModelCard {
    requireNonNull(name, "name is null");
    requireNonNull(architecture, "architecture is null");
    requireNonNull(preprocessing, "preprocessing is null");
    requireNonNull(head, "head is null");
    requireNonNull(labels, "labels is null");
    requireNonNull(weights, "weights is null");
    accuracy = Map.copyOf(accuracy);
    requireBeside(labels, "labels");
    if (name.isBlank()) {
      throw new IllegalArgumentException("name is blank");
    }
  }

  /** A card reaches nothing outside its own folder. */
  private static void requireBeside(String file, String key) {
    if (file.contains("/") || file.contains("\\") || file.equals("..")) {
      throw new IllegalArgumentException(
          "%s must be the name of a file beside the card, and is %s".formatted(key, file));
    }
  }
}

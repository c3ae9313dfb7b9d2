package dev.lakelens.model;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What a model is, beside its tensors.
 *
 * @param name of the model, as {@code --model} takes it
 * @param architecture the variant of EfficientNet, such as {@code b0} or {@code lite0}
 * @param padding of strided convolutions
 * @param epsilon of batch normalisation
 * @param preprocessing pixels to input, as in training
 * @param head what the logits are
 * @param labels file of class names, one a line
 * @param weights where the tensors come from
 * @param accuracy measured figures, by what was measured
 */
public record ModelCard(
    String name,
    String architecture,
    Padding padding,
    double epsilon,
    Preprocessing preprocessing,
    Head head,
    String labels,
    Weights weights,
    Map<String, String> accuracy) {

  /**
   * Where tensors come from.
   *
   * @param file the safetensors file beside the card
   * @param origin the published file that the tensors were taken from
   * @param originSha256 digest of the published file
   * @param licence SPDX identifier
   */
  public record Weights(String file, String origin, String originSha256, String licence) {}

  public ModelCard {
    requireNonNull(name, "name is null");
    requireNonNull(architecture, "architecture is null");
    requireNonNull(padding, "padding is null");
    requireNonNull(preprocessing, "preprocessing is null");
    requireNonNull(head, "head is null");
    requireNonNull(labels, "labels is null");
    requireNonNull(weights, "weights is null");
    accuracy = Map.copyOf(accuracy);
    if (epsilon <= 0) {
      throw new IllegalArgumentException("epsilon must be positive, and is " + epsilon);
    }
  }
}

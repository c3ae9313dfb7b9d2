package dev.lakelens.network;

import static java.util.Objects.requireNonNull;

import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;

/**
 * A network and its weights, before a graph is made of them.
 *
 * @param labels as many as the classifier has rows; {@link Labels#NONE} without one
 */
public record Trained(ModelCard card, Labels labels, Tensors tensors) {
  public Trained {
    requireNonNull(card, "card is null");
    requireNonNull(labels, "labels is null");
    requireNonNull(tensors, "tensors is null");
  }

  /** Table 1 as the card's variant scales it. */
  public Architecture architecture() {
    return Architecture.of(Variant.named(card.architecture()));
  }

  /**
   * Draws the network in 32-bit floats, with the names of {@link EfficientNet#draw}.
   *
   * @throws dev.lakelens.model.ModelException where card and tensors do not agree
   */
  public void draw(OnnxGraph graph) {
    int size = card.preprocessing().inputSize();
    EfficientNet.draw(graph, architecture(), card.padding(), card.epsilon(), size, tensors);
  }

  /**
   * The model in 32-bit floats.
   *
   * @throws dev.lakelens.model.ModelException where card, labels and tensors do not agree
   */
  public Model build() {
    return EfficientNet.build(card, labels, tensors);
  }
}

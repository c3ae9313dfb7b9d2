package dev.lakelens.network;

import static java.util.Objects.requireNonNull;

import dev.lakelens.model.Labels;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Padding;

/**
 * A network and its weights, before a graph is made of them.
 *
 * @param card of a {@link ModelCard.Variant}
 * @param labels as many as the classifier has rows; {@link Labels#NONE} without one
 */
public record TrainedNetwork(ModelCard card, Labels labels, Tensors tensors) {
  public TrainedNetwork {
    requireNonNull(card, "card is null");
    requireNonNull(labels, "labels is null");
    requireNonNull(tensors, "tensors is null");
    if (!(card.architecture() instanceof ModelCard.Variant)) {
      throw new ModelException("%s is a graph, and no EfficientNet".formatted(card.name()));
    }
  }

  /** The same network with other weights. */
  public TrainedNetwork with(Tensors others) {
    return new TrainedNetwork(card, labels, others);
  }

  /** Table 1 as the card's variant scales it. */
  public Architecture architecture() {
    return Architecture.of(Variant.named(variant().name()));
  }

  /** Of strided convolutions. */
  public Padding padding() {
    return variant().padding();
  }

  /** Of batch normalisation. */
  public double epsilon() {
    return variant().epsilon();
  }

  /** Side of the square input, in pixels. */
  public int inputSize() {
    return card.preprocessing().inputSize();
  }

  private ModelCard.Variant variant() {
    return (ModelCard.Variant) card.architecture();
  }

  /**
   * Draws the network in 32-bit floats, with the names of {@link EfficientNet#draw}.
   *
   * @throws ModelException where the tensors are not those of the card's architecture
   */
  public void draw(OnnxGraph graph) {
    EfficientNet.draw(graph, architecture(), padding(), epsilon(), inputSize(), tensors);
  }
}

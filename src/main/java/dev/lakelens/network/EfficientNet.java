package dev.lakelens.network;

import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Padding;
import dev.lakelens.model.Precision;

/** Makes models of cards and tensors. */
public final class EfficientNet {
  /** Counts the changes to the graph that may change results; it is part of every fingerprint. */
  public static final int GRAPH_REVISION = 1;

  private EfficientNet() {}

  /**
   * Builds the network that a card describes.
   *
   * @param card of a {@link ModelCard.Variant}
   * @param labels as many as the classifier has rows; {@link Labels#NONE} without one
   * @throws ModelException where the tensors are not those of the card's architecture, or the
   *     labels are not as many as the classes
   */
  public static Model build(ModelCard card, Labels labels, Tensors tensors) {
    if (!(card.architecture() instanceof ModelCard.Variant variant)) {
      throw new ModelException("%s is a graph, and no EfficientNet".formatted(card.name()));
    }
    Architecture architecture = Architecture.of(Variant.named(variant.name()));
    byte[] onnx =
        onnx(
            architecture,
            variant.padding(),
            variant.epsilon(),
            card.preprocessing().inputSize(),
            tensors);
    return new Model(
        card,
        labels,
        onnx,
        tensors.digest(),
        Precision.FP32,
        GRAPH_REVISION,
        tensors.classes(),
        architecture.features(),
        0);
  }

  /**
   * Builds an ONNX graph with batch normalisation folded and padding made explicit for one size of
   * input. Its input is {@code input}, float {@code [N, 3, inputSize, inputSize]}; its outputs are
   * {@code embedding}, float {@code [N, features]}, and, where the tensors have a classifier,
   * {@code logits}, float {@code [N, classes]}.
   *
   * @param padding of the checkpoint's family
   * @param epsilon of the checkpoint's family, added to variances
   * @param inputSize side of the square input, in pixels
   * @return a serialised ModelProto
   * @throws ModelException naming every tensor that is missing, misshapen or unknown
   */
  public static byte[] onnx(
      Architecture architecture, Padding padding, double epsilon, int inputSize, Tensors tensors) {
    OnnxGraph graph = new OnnxGraph("efficientnet-" + architecture.variant().text());
    draw(graph, architecture, padding, epsilon, inputSize, tensors);
    return graph.toBytes();
  }

  /**
   * Draws what {@link #onnx} gives. Values have the names of their nodes: a convolution's is its
   * own, and {@code .relu6} or {@code .silu} behind it is the activated one; {@code .excite} is a
   * gated one, and {@code .skip} a sum.
   *
   * @throws ModelException naming every tensor that is missing, misshapen or unknown
   */
  public static void draw(
      OnnxGraph graph,
      Architecture architecture,
      Padding padding,
      double epsilon,
      int inputSize,
      Tensors tensors) {
    tensors.requireAllOf(architecture);
    new GraphBuilder(graph, architecture, padding, epsilon, tensors).draw(inputSize);
  }
}

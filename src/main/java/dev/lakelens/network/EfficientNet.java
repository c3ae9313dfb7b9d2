package dev.lakelens.network;

import dev.lakelens.model.Model;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Padding;
import dev.lakelens.model.Precision;

/** Makes models of cards and tensors. */
public final class EfficientNet {
  /** Counts the changes to the graph that may change results; it is part of every fingerprint. */
  public static final int GRAPH_REVISION = 1;

  private EfficientNet() {}

  /**
   * Builds the network that a card describes, in 32-bit floats.
   *
   * @throws ModelException where the tensors are not those of the card's architecture, or the
   *     labels are not as many as the classes
   */
  public static Model build(TrainedNetwork trained) {
    Architecture architecture = trained.architecture();
    Tensors tensors = trained.tensors();
    return new Model(
        trained.card(),
        trained.labels(),
        onnx(architecture, trained.padding(), trained.epsilon(), trained.inputSize(), tensors),
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

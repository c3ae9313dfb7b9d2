package dev.lakelens.network;

import static dev.lakelens.network.OnnxGraph.attribute;

import dev.lakelens.model.Padding;
import java.util.List;

/** Draws the layers of a network as ONNX nodes. */
public final class Layers {
  private static final String ZERO = "relu6.min";
  private static final String SIX = "relu6.max";

  private final OnnxGraph graph;
  private final Activation activation;
  private final Padding padding;
  private final double epsilon;
  private final Tensors tensors;

  /**
   * Draws into a graph.
   *
   * @param graph that gets the nodes
   * @param epsilon added to variances
   */
  public Layers(
      OnnxGraph graph, Activation activation, Padding padding, double epsilon, Tensors tensors) {
    this.graph = graph;
    this.activation = activation;
    this.padding = padding;
    this.epsilon = epsilon;
    this.tensors = tensors;
    if (activation == Activation.RELU6) {
      graph.constant(ZERO, Tensor.scalar(0));
      graph.constant(SIX, Tensor.scalar(6));
    }
  }

  /** A mobile inverted bottleneck, as the paper draws it. */
  Features mbconv(Features input, MBConv block) {
    Features x = input;
    // expand
    if (block.expands()) {
      x = activate(convolve(x, block.expand()));
    }
    // depthwise
    x = activate(convolve(x, block.depthwise()));
    // squeeze and excitation
    if (block.squeezes()) {
      x = gate(x, block.squeezeExcitation());
    }
    // project
    x = convolve(x, block.project());
    // skip
    return block.skips() ? add(x, input, block.part("skip")) : x;
  }

  /** Multiplies each channel by a gate between 0 and 1 that the means of all channels open. */
  Features gate(Features x, SqueezeExcitation squeeze) {
    String mean = graph.node("GlobalAveragePool", squeeze.name() + ".squeeze", List.of(x.name()));
    Features reduced = activate(new Features(pointwise(mean, squeeze.reduce()), 1));
    String expanded = pointwise(reduced.name(), squeeze.expand());
    String gate = graph.node("Sigmoid", squeeze.name() + ".gate", List.of(expanded));
    return new Features(
        graph.node("Mul", squeeze.name() + ".excite", List.of(x.name(), gate)), x.size());
  }

  /** A convolution with its batch normalisation inside. */
  public Features convolve(Features x, Convolution convolution) {
    BatchNorm folded = BatchNorm.fold(convolution, tensors, epsilon);
    Pads pads = Pads.of(padding, convolution, x.size());
    String y =
        graph.node(
            "Conv",
            convolution.name(),
            List.of(
                x.name(),
                graph.constant(convolution.weight(), folded.weight()),
                graph.constant(convolution.name() + ".bias", folded.bias())),
            convolution.attributes(pads));
    return new Features(y, pads.outputSize(convolution, x.size()));
  }

  /** A 1x1 convolution with a bias of its own, on a map of one pixel. */
  private String pointwise(String x, String name) {
    return graph.node(
        "Conv",
        name,
        List.of(x, constant(name + ".weight"), constant(name + ".bias")),
        attribute("kernel_shape", List.of(1L, 1L)));
  }

  /** The activation of the family. */
  public Features activate(Features x) {
    String y =
        switch (activation) {
          case SILU -> Swish.SILU.addTo(graph, x.name());
          case RELU6 -> graph.node("Clip", x.name() + ".relu6", List.of(x.name(), ZERO, SIX));
        };
    return new Features(y, x.size());
  }

  Features add(Features x, Features input, String name) {
    return new Features(graph.node("Add", name, List.of(x.name(), input.name())), x.size());
  }

  private String constant(String name) {
    return graph.constant(name, tensors.get(name));
  }
}

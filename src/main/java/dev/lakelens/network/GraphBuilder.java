package dev.lakelens.network;

import static dev.lakelens.network.OnnxGraph.attribute;

import dev.lakelens.model.Padding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Draws a network as ONNX nodes, from the input to the logits. */
final class GraphBuilder {
  private static final String ZERO = "relu6.min";
  private static final String SIX = "relu6.max";

  private final Architecture architecture;
  private final Padding padding;
  private final double epsilon;
  private final Tensors tensors;
  private final OnnxGraph graph;

  /** A square map of features: the name of its value, and its side in pixels. */
  private record Features(String name, int size) {}

  GraphBuilder(Architecture architecture, Padding padding, double epsilon, Tensors tensors) {
    this.architecture = architecture;
    this.padding = padding;
    this.epsilon = epsilon;
    this.tensors = tensors;
    this.graph = new OnnxGraph("efficientnet-" + architecture.variant().text());
  }

  /** Draws everything; called once. */
  byte[] build(int inputSize) {
    if (architecture.activation() == Activation.RELU6) {
      graph.constant(ZERO, scalar(0));
      graph.constant(SIX, scalar(6));
    }
    Features x = new Features(graph.input("input", 3, inputSize, inputSize), inputSize);
    x = activate(convolve(x, architecture.stemConvolution()));
    for (MBConv block : architecture.blocks()) {
      x = mbconv(x, block);
    }
    x = activate(convolve(x, architecture.headConvolution()));
    classify(pool(x));
    return graph.toBytes();
  }

  /** A mobile inverted bottleneck, as the paper draws it. */
  private Features mbconv(Features input, MBConv block) {
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
  private Features gate(Features x, SqueezeExcitation squeeze) {
    String mean = graph.node("GlobalAveragePool", squeeze.name() + ".squeeze", List.of(x.name()));
    Features reduced = activate(new Features(pointwise(mean, squeeze.reduce()), 1));
    String expanded = pointwise(reduced.name(), squeeze.expand());
    String gate = graph.node("Sigmoid", squeeze.name() + ".gate", List.of(expanded));
    return new Features(
        graph.node("Mul", squeeze.name() + ".excite", List.of(x.name(), gate)), x.size());
  }

  /** A convolution with its batch normalisation inside. */
  private Features convolve(Features x, Convolution convolution) {
    BatchNorm folded = BatchNorm.fold(convolution, tensors, epsilon);
    Pads pads = Pads.of(padding, convolution, x.size());
    long before = pads.before();
    long after = pads.after();
    long kernel = convolution.kernel();
    long stride = convolution.stride();
    String y =
        graph.node(
            "Conv",
            convolution.name(),
            List.of(
                x.name(),
                graph.constant(convolution.weight(), folded.weight()),
                graph.constant(convolution.name() + ".bias", folded.bias())),
            attribute("kernel_shape", List.of(kernel, kernel)),
            attribute("strides", List.of(stride, stride)),
            attribute("pads", List.of(before, before, after, after)), // top, left, bottom, right
            attribute("group", convolution.groups()));
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

  private Features activate(Features x) {
    String y =
        switch (architecture.activation()) {
          case SILU -> Swish.SILU.addTo(graph, x.name());
          case RELU6 -> graph.node("Clip", x.name() + ".relu6", List.of(x.name(), ZERO, SIX));
        };
    return new Features(y, x.size());
  }

  private Features add(Features x, Features input, String name) {
    return new Features(graph.node("Add", name, List.of(x.name(), input.name())), x.size());
  }

  /** Means of the features over the map: the embedding. */
  private String pool(Features x) {
    String mean = graph.node("GlobalAveragePool", "pool", List.of(x.name()));
    String embedding = graph.node("Flatten", "embedding", List.of(mean), attribute("axis", 1));
    graph.output(embedding, architecture.features());
    return embedding;
  }

  /** The dense layer, where the tensors have one; dropout before it is the identity. */
  private void classify(String embedding) {
    if (tensors.classes() == 0) {
      return;
    }
    String weight = constant(Parameters.CLASSIFIER_WEIGHT); // [classes, features]
    String bias = constant(Parameters.CLASSIFIER_BIAS);
    String logits =
        graph.node("Gemm", "logits", List.of(embedding, weight, bias), attribute("transB", 1));
    graph.output(logits, tensors.classes());
  }

  private String constant(String name) {
    return graph.constant(name, tensors.get(name));
  }

  private static Tensor scalar(float value) {
    ByteBuffer data = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return new Tensor(List.of(), data.putFloat(0, value));
  }
}

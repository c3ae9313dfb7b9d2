package dev.lakelens.network;

import static dev.lakelens.network.OnnxGraph.attribute;

import dev.lakelens.model.Padding;
import java.util.List;

/** Draws a network as ONNX nodes, from the input to the logits. */
final class GraphBuilder {
  private final Architecture architecture;
  private final Tensors tensors;
  private final OnnxGraph graph;
  private final Layers layers;

  GraphBuilder(
      OnnxGraph graph,
      Architecture architecture,
      Padding padding,
      double epsilon,
      Tensors tensors) {
    this.architecture = architecture;
    this.tensors = tensors;
    this.graph = graph;
    this.layers = new Layers(graph, architecture.activation(), padding, epsilon, tensors);
  }

  /** Draws everything; called once. */
  void draw(int inputSize) {
    Features x = new Features(graph.input("input", 3, inputSize, inputSize), inputSize);
    x = layers.activate(layers.convolve(x, architecture.stemConvolution()));
    for (MBConv block : architecture.blocks()) {
      x = layers.mbconv(x, block);
    }
    x = layers.activate(layers.convolve(x, architecture.headConvolution()));
    classify(pool(x));
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
}

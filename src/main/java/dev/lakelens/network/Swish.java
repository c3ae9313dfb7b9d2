package dev.lakelens.network;

import java.util.List;

/**
 * Swish, {@code x * sigmoid(beta * x)}.
 *
 * @param beta 0 makes it {@code x / 2}; the larger it is, the nearer is ReLU
 */
public record Swish(float beta) {
  /** With beta 1, the activation of the family: also called SiLU. */
  public static final Swish SILU = new Swish(1);

  /** Adds the nodes; with beta 1, ONNX Runtime makes one of the two. */
  public String addTo(OnnxGraph graph, String x) {
    String sigmoid = graph.node("Sigmoid", x + ".sigmoid", List.of(scaled(graph, x)));
    return graph.node("Mul", x + ".silu", List.of(x, sigmoid));
  }

  private String scaled(OnnxGraph graph, String x) {
    if (beta == 1) {
      return x;
    }
    String constant = graph.constant(x + ".beta", Tensor.scalar(beta));
    return graph.node("Mul", x + ".scaled", List.of(x, constant));
  }
}

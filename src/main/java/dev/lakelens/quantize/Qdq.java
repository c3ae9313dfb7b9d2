package dev.lakelens.quantize;

import static dev.lakelens.network.OnnxGraph.attribute;

import dev.lakelens.network.OnnxGraph;
import dev.lakelens.network.Tensor;
import java.util.List;

/**
 * Draws numbers in 8 bits as ONNX does: a float value goes through a quantiser and back, and a
 * runtime computes in 8 bits what stands between such pairs.
 */
final class Qdq {
  private final OnnxGraph graph;

  Qdq(OnnxGraph graph) {
    this.graph = graph;
  }

  /**
   * A value that was in 8 bits, as floats.
   *
   * @param name of its node
   */
  record Value(String name, Quantizer quantizer) {}

  /**
   * Takes a value through 8 bits.
   *
   * @param name that begins those of the nodes
   */
  Value quantize(String x, String name, Quantizer quantizer) {
    String scale = scale(name, quantizer);
    String zero = zero(name, quantizer);
    String q = graph.node("QuantizeLinear", name + ".quantized", List.of(x, scale, zero));
    return dequantize(q, name, scale, zero, quantizer);
  }

  /** The floats of a value that is in 8 bits. */
  Value dequantize(String q, String name, Quantizer quantizer) {
    return dequantize(q, name, scale(name, quantizer), zero(name, quantizer), quantizer);
  }

  private Value dequantize(String q, String name, String scale, String zero, Quantizer quantizer) {
    List<String> inputs = List.of(q, scale, zero);
    return new Value(graph.node("DequantizeLinear", name + ".dequantized", inputs), quantizer);
  }

  private String scale(String name, Quantizer quantizer) {
    return graph.constant(name + ".scale", Tensor.scalar(quantizer.scale()));
  }

  private String zero(String name, Quantizer quantizer) {
    return graph.uint8(name + ".zero", List.of(), new byte[] {(byte) quantizer.zeroPoint()});
  }

  /** Weights as floats // [out, ...] */
  String weights(String name, Int8Weights weights) {
    String values = graph.int8(name + ".int8", weights.shape(), weights.values());
    return weights(name, values, weights, 0);
  }

  /** Weights of a 1x1 convolution as floats // [in, out] */
  String columns(String name, Int8Weights weights) {
    List<Integer> shape = List.of(weights.rowLength(), weights.out());
    return weights(name, graph.int8(name + ".int8", shape, weights.transposed()), weights, 1);
  }

  private String weights(String name, String values, Int8Weights weights, int axis) {
    String scales = graph.constant(name + ".scale", Tensor.vector(weights.scales()));
    // Without it, ONNX Runtime 1.29 computes a Gemm in floats.
    String zeros = graph.int8(name + ".zero", List.of(weights.out()), new byte[weights.out()]);
    return graph.node(
        "DequantizeLinear", name, List.of(values, scales, zeros), attribute("axis", axis));
  }

  /** A bias as floats // [out] */
  String bias(String name, Int8Weights weights) {
    String values = graph.int32(name + ".int32", weights.bias());
    String scales = graph.constant(name + ".scale", Tensor.vector(weights.biasScales()));
    return graph.node("DequantizeLinear", name, List.of(values, scales), attribute("axis", 0));
  }
}

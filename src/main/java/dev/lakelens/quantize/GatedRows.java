package dev.lakelens.quantize;

import static dev.lakelens.network.OnnxGraph.attribute;

import dev.lakelens.network.Features;
import dev.lakelens.network.OnnxGraph;
import dev.lakelens.network.Tensor;
import java.util.List;

/**
 * Draws a gated map in 8 bits. A gate multiplies channels, as a quantiser's scales do: with scales
 * that are divided by the gate, a quantiser gives the gated map and costs nothing more.
 */
final class GatedRows {
  private final OnnxGraph graph;
  private final Rows rows;

  GatedRows(OnnxGraph graph, Rows rows) {
    this.graph = graph;
    this.rows = rows;
  }

  /**
   * Quantises a map that a gate multiplies.
   *
   * @param gate // [N, channels]
   * @param units in which each channel is then // [channels]
   * @param name that begins those of the nodes
   * @return 8-bit numbers, among which {@link GateScales#ZERO} is 0 // [N * size * size, channels]
   */
  String quantize(Features map, String gate, float[] units, String name) {
    int channels = units.length;
    long pixels = (long) map.size() * map.size();
    String unit = graph.constant(name + ".units", Tensor.vector(units));
    String scales = graph.node("Div", name + ".scales", List.of(unit, gate)); // [N, channels]
    String column = rows.reshape(scales, name + ".column", -1, 1); // [N * channels, 1]
    String planes = rows.reshape(map.name(), name + ".planes", -1, pixels);
    String q =
        graph.node(
            "QuantizeLinear",
            name + ".quantized",
            List.of(planes, column, zeros(column, name)),
            attribute("axis", 1),
            attribute("block_size", pixels));
    String maps = rows.reshape(q, name + ".maps", -1, channels, pixels);
    List<Long> order = List.of(0L, 2L, 1L);
    String turned =
        graph.node("Transpose", name + ".turned", List.of(maps), attribute("perm", order));
    return rows.reshape(turned, name + ".rows", -1, channels);
  }

  /** A zero point for each scale; a runtime that knows the batch makes a constant of it. */
  private String zeros(String column, String name) {
    String shape = graph.node("Shape", name + ".shape", List.of(column));
    return graph.node(
        "ConstantOfShape",
        name + ".zeros",
        List.of(shape),
        OnnxGraph.byteAttribute("value", GateScales.ZERO));
  }
}

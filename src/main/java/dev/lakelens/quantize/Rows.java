package dev.lakelens.quantize;

import static dev.lakelens.network.OnnxGraph.attribute;

import dev.lakelens.network.Features;
import dev.lakelens.network.OnnxGraph;
import java.util.List;

/** Turns maps, {@code [N, channels, size, size]}, into rows of pixels and back. */
final class Rows {
  private static final long ANY = -1; // the batch is in it

  private final OnnxGraph graph;
  private final Integers integers;

  Rows(OnnxGraph graph) {
    this.graph = graph;
    this.integers = new Integers(graph);
  }

  /** From {@code [N * size * size, channels]}. */
  Features toMap(String rows, String name, int size, int channels) {
    String pixels = reshape(rows, name + ".pixels", ANY, size, size, channels);
    List<Long> order = List.of(0L, 3L, 1L, 2L);
    return new Features(
        graph.node("Transpose", name + ".map", List.of(pixels), attribute("perm", order)), size);
  }

  /** To {@code [N * size * size, channels]}. */
  String ofMap(Features map, String name, int channels) {
    List<Long> order = List.of(0L, 2L, 3L, 1L);
    String pixels =
        graph.node("Transpose", name + ".pixels", List.of(map.name()), attribute("perm", order));
    return reshape(pixels, name + ".rows", ANY, channels);
  }

  /** Means over the pixels of each image // [N, channels] */
  String mean(String pixels, String name, int size, int channels) {
    String images = reshape(pixels, name + ".images", ANY, (long) size * size, channels);
    return graph.node(
        "ReduceMean", name, List.of(images, integers.of(1)), attribute("keepdims", 0));
  }

  /** Another shape, where -1 is what remains. */
  String reshape(String x, String name, long... shape) {
    return graph.node("Reshape", name, List.of(x, integers.of(shape)));
  }
}

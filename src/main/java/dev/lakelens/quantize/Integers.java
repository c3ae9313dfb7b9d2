package dev.lakelens.quantize;

import dev.lakelens.network.OnnxGraph;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shapes and axes of a graph's nodes, as constants; each once, and only those that are used. */
final class Integers {
  private final OnnxGraph graph;
  private final Map<List<Long>, String> names = new HashMap<>();

  Integers(OnnxGraph graph) {
    this.graph = graph;
  }

  /** The name of a vector. */
  String of(long... values) {
    return names.computeIfAbsent(
        Arrays.stream(values).boxed().toList(),
        key -> graph.int64("integers." + names.size(), values));
  }
}

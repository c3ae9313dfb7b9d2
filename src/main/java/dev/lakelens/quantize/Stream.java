package dev.lakelens.quantize;

import dev.lakelens.network.Features;
import dev.lakelens.network.OnnxGraph;
import java.util.List;

/** What goes from block to block, as a map or as rows of pixels, whichever is asked for. */
final class Stream {
  private final OnnxGraph graph;
  private final Rows rows;
  private final String name; // in the network in floats
  private final int channels;
  private final int size;
  private final boolean product; // of a Gemm, and nothing behind it
  private Features map; // [N, channels, size, size]; null until asked for
  private String pixels; // [N * size * size, channels]; null until asked for

  private Stream(OnnxGraph graph, Rows rows, String name, int channels, int size, boolean product) {
    this.graph = graph;
    this.rows = rows;
    this.name = name;
    this.channels = channels;
    this.size = size;
    this.product = product;
  }

  static Stream ofMap(OnnxGraph graph, Rows rows, String name, Features map, int channels) {
    Stream stream = new Stream(graph, rows, name, channels, map.size(), false);
    stream.map = map;
    return stream;
  }

  /**
   * @param pixels what a Gemm gives // [N * size * size, channels]
   */
  static Stream ofGemm(
      OnnxGraph graph, Rows rows, String name, String pixels, int channels, int size) {
    Stream stream = new Stream(graph, rows, name, channels, size, true);
    stream.pixels = pixels;
    return stream;
  }

  /** Its name in the network in floats, by which ranges are known. */
  String name() {
    return name;
  }

  int size() {
    return size;
  }

  Features map() {
    if (map == null) {
      map = rows.toMap(pixels, name, size, channels);
    }
    return map;
  }

  String pixels() {
    if (pixels == null) {
      pixels = rows.ofMap(map, name, channels);
    }
    return pixels;
  }

  /**
   * Pixels for a quantiser. A runtime that finds a Gemm's product read by a quantiser and by others
   * computes it in floats; with another shape in between it does not see the quantiser.
   */
  String pixelsToQuantize() {
    if (!product) {
      return pixels();
    }
    String planes = rows.reshape(pixels, name + ".planes", -1, (long) size * size, channels);
    return rows.reshape(planes, name + ".again", -1, channels);
  }

  /** The sum with a block's input, in the layout that this one has. */
  Stream plus(Stream input, String sum) {
    Stream stream = new Stream(graph, rows, sum, channels, size, false);
    if (pixels != null) {
      stream.pixels = graph.node("Add", sum, List.of(pixels, input.pixels()));
    } else {
      String added = graph.node("Add", sum, List.of(map.name(), input.map().name()));
      stream.map = new Features(added, size);
    }
    return stream;
  }
}

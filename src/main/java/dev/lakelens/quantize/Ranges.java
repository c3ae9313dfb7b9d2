package dev.lakelens.quantize;

import static dev.lakelens.network.OnnxGraph.attribute;

import dev.lakelens.infer.ActivationProbe;
import dev.lakelens.network.OnnxGraph;
import dev.lakelens.network.TrainedNetwork;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What values a network makes of photos.
 *
 * @param byValue by the value's name
 */
record Ranges(Map<String, ChannelRange> byValue) {
  private static final String MIN = ".min";
  private static final String MAX = ".max";

  /**
   * A value inside a network.
   *
   * @param name of its node // [N, channels, size, size]
   */
  record Value(String name, int channels) {}

  /**
   * What was measured, and on which photos.
   *
   * @param photos that could be decoded
   */
  record Measured(Ranges ranges, Photos photos) {}

  ChannelRange of(String value) {
    ChannelRange range = byValue.get(value);
    if (range == null) {
      throw new IllegalArgumentException("There is no range of " + value);
    }
    return range;
  }

  /** Runs the network in floats on one photo after the other. */
  static Measured measure(
      TrainedNetwork trained, List<Value> values, Photos photos, Runnable each) {
    Map<String, ChannelRange> ranges = new TreeMap<>();
    values.forEach(value -> ranges.put(value.name(), ChannelRange.none(value.channels())));
    try (ActivationProbe probe = ActivationProbe.open(graph(trained, values))) {
      Photos decoded =
          photos.forEach(
              trained.card().preprocessing(),
              (file, tensor) -> {
                Map<String, float[]> ends = probe.run(tensor);
                ranges.forEach((name, r) -> r.add(ends.get(name + MIN), ends.get(name + MAX)));
              },
              each);
      return new Measured(new Ranges(ranges), decoded);
    }
  }

  /** The network with the ends of each channel as outputs // [N, channels] */
  private static byte[] graph(TrainedNetwork trained, List<Value> values) {
    OnnxGraph graph = OnnxGraph.withBlocks("ranges");
    trained.draw(graph);
    String pixels = graph.int64("pixels", 2, 3);
    for (Value value : values) {
      List<String> inputs = List.of(value.name(), pixels);
      String min = graph.node("ReduceMin", value.name() + MIN, inputs, attribute("keepdims", 0));
      String max = graph.node("ReduceMax", value.name() + MAX, inputs, attribute("keepdims", 0));
      graph.output(min, value.channels());
      graph.output(max, value.channels());
    }
    return graph.toBytes();
  }
}

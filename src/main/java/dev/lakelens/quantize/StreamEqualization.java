package dev.lakelens.quantize;

import dev.lakelens.network.Architecture;
import dev.lakelens.network.Convolution;
import dev.lakelens.network.MBConv;
import dev.lakelens.network.TrainedNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings the channels of each stream to one range, so that one scale suits all. A stream is what a
 * block without a skip gives and the blocks after it add to; it passes no activation, so dividing a
 * channel where it is made and multiplying where it is read changes nothing.
 */
final class StreamEqualization {
  /** A channel that is hardly used is not blown up beyond this. */
  private static final double SMALLEST_FACTOR = 1e-3;

  private StreamEqualization() {}

  /** A network that computes the same, and the ranges that it has then. */
  record Equalized(TrainedNetwork trained, Ranges ranges) {}

  /** One stream: who makes it, who reads it, and the values that it is seen as. */
  private record Stream(List<Convolution> makers, List<Convolution> readers, List<String> values) {}

  static Equalized equalize(TrainedNetwork trained, Ranges ranges) {
    ScaledTensors tensors = new ScaledTensors(trained.tensors());
    Map<String, ChannelRange> equalized = new TreeMap<>(ranges.byValue());
    for (Stream stream : streams(trained.architecture())) {
      float[] factors = factors(stream, ranges);
      stream.makers.forEach(maker -> tensors.divideOutputs(maker, factors));
      stream.readers.forEach(reader -> tensors.multiplyInputs(reader, factors));
      stream.values.forEach(v -> equalized.put(v, ranges.of(v).dividedBy(factors)));
    }
    return new Equalized(trained.with(tensors.tensors()), new Ranges(equalized));
  }

  private static List<Stream> streams(Architecture architecture) {
    List<Stream> streams = new ArrayList<>();
    for (MBConv block : architecture.blocks()) {
      if (!streams.isEmpty()) {
        last(streams).readers.add(block.expands() ? block.expand() : block.depthwise());
      }
      if (!block.skips()) {
        streams.add(new Stream(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
      } else {
        last(streams).values.add(block.part("skip"));
      }
      last(streams).makers.add(block.project());
      last(streams).values.add(block.project().name());
    }
    last(streams).readers.add(architecture.headConvolution());
    return streams;
  }

  private static Stream last(List<Stream> streams) {
    return streams.get(streams.size() - 1);
  }

  private static float[] factors(Stream stream, Ranges ranges) {
    int channels = stream.makers.get(0).out();
    float[] largest = new float[channels];
    for (String value : stream.values) {
      for (int c = 0; c < channels; c++) {
        largest[c] = Math.max(largest[c], ranges.of(value).largest(c));
      }
    }
    float[] sorted = largest.clone();
    Arrays.sort(sorted);
    double median = (sorted[(channels - 1) / 2] + sorted[channels / 2]) / 2.0;
    float[] factors = new float[channels];
    for (int c = 0; c < channels; c++) {
      factors[c] = (float) (median > 0 ? Math.max(largest[c] / median, SMALLEST_FACTOR) : 1);
    }
    return factors;
  }
}

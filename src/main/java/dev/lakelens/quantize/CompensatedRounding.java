package dev.lakelens.quantize;

import dev.lakelens.infer.ActivationProbe;
import dev.lakelens.network.BatchNorm;
import dev.lakelens.network.Convolution;
import dev.lakelens.network.OnnxGraph;
import dev.lakelens.network.TrainedNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rounds each weight of a 1x1 convolution so that it makes up for what the weights before it are
 * off: channels that go together in photos can stand in for each other. This is GPTQ (Frantar et
 * al., 2022), whose update of the weights that remain is here a sum over those that are done. Means
 * do not count, for {@link BiasCorrection} makes them right.
 *
 * @param values of convolutions by name, as {@link Int8Weights} has them
 */
record CompensatedRounding(Map<String, byte[]> values) implements Rounding {
  /**
   * Of the sums at one time; the photos run once for as many layers as this holds: of Lite0, all in
   * 30 MiB; of B7, whose 562 MiB hold layers of up to 56, in three parts.
   */
  private static final long MOST_BYTES = 256L << 20;

  /** Of a map; some more where its side is no multiple. */
  private static final int SAMPLED_SIDE = 7;

  /**
   * Rounds the weights.
   *
   * @param photos that can all be decoded
   */
  static CompensatedRounding measure(
      StreamEqualization.Equalized network, Recipe recipe, Photos photos) {
    return measure(network, recipe, photos, MOST_BYTES);
  }

  static CompensatedRounding measure(
      StreamEqualization.Equalized network, Recipe recipe, Photos photos, long mostBytes) {
    CompensatedRounding rounding = new CompensatedRounding(new TreeMap<>());
    boolean more = true;
    while (more) {
      more = rounding.addLayers(network, recipe, photos, mostBytes);
    }
    return rounding;
  }

  /** Rounds the next layers, as many as the bytes hold; false where none is left. */
  private boolean addLayers(
      StreamEqualization.Equalized network, Recipe recipe, Photos photos, long mostBytes) {
    TrainedNetwork trained = network.trained();
    OnnxGraph graph = OnnxGraph.withBlocks("moments");
    graph.input(Recipe.INPUT, 3, trained.inputSize(), trained.inputSize());
    Tap tap = new Tap(graph, mostBytes);
    recipe.draw(graph, trained, network.ranges(), tap, Correction.NONE);
    if (tap.layers.isEmpty()) {
      return false;
    }
    try (ActivationProbe probe = ActivationProbe.open(graph.toBytes())) {
      photos.forEach(
          trained.card().preprocessing(),
          (file, tensor) -> {
            Map<String, float[]> read = probe.run(tensor);
            tap.layers.forEach((name, layer) -> layer.moments.add(read.get(layer.sample)));
          },
          () -> {});
    }
    tap.layers.forEach((name, layer) -> values.put(name, layer.round()));
    return true;
  }

  @Override
  public Int8Weights round(Convolution convolution, BatchNorm folded, Input input) {
    Int8Weights nearest = NEAREST.round(convolution, folded, input);
    byte[] compensated = values.get(convolution.name());
    return compensated == null ? nearest : nearest.with(compensated);
  }

  /**
   * A layer that is not rounded yet.
   *
   * @param sample of the pixels that it reads, a value of the graph
   */
  private record Layer(BatchNorm folded, Int8Weights nearest, String sample, InputMoments moments) {
    byte[] round() {
      return nearest.compensated(folded.weight(), moments.factor());
    }
  }

  /** Makes samples of what the next layers read outputs of a graph. */
  private final class Tap implements Rounding {
    private final OnnxGraph graph;
    private final Integers integers;
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private long bytesLeft;

    Tap(OnnxGraph graph, long mostBytes) {
      this.graph = graph.under("sample/");
      this.integers = new Integers(this.graph);
      this.bytesLeft = mostBytes;
    }

    @Override
    public Int8Weights round(Convolution convolution, BatchNorm folded, Input input) {
      Int8Weights weights = CompensatedRounding.this.round(convolution, folded, input);
      String name = convolution.name();
      boolean pointwise = convolution.kernel() == 1 && convolution.groups() == 1;
      if (pointwise && !values.containsKey(name) && fits(convolution.in())) {
        bytesLeft -= InputMoments.bytes(convolution.in());
        InputMoments moments = new InputMoments(convolution.in());
        layers.put(name, new Layer(folded, weights, sample(convolution, input), moments));
      }
      return weights;
    }

    private boolean fits(int channels) {
      return layers.isEmpty() || InputMoments.bytes(channels) <= bytesLeft;
    }

    private String sample(Convolution convolution, Input input) {
      long step = Math.max(1, input.size() / SAMPLED_SIDE);
      List<String> slice =
          List.of(
              input.rows().get(),
              integers.of(0),
              integers.of(Long.MAX_VALUE),
              integers.of(0),
              integers.of(step * step));
      String sample = graph.node("Slice", convolution.name(), slice);
      graph.output(sample, convolution.in());
      return sample;
    }
  }
}

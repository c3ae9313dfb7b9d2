package dev.lakelens.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.lakelens.model.Padding;
import dev.lakelens.network.NaiveLayers.Maps;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every part of an MBConv alone, against plain loops in double precision. */
class LayersTest {
  private static final double SAME_NUMBERS = 1e-5;
  private static final int SIZE = 7;

  /** 4 channels expanded to 24 and projected to 4, with a skip. */
  private static final MBConv BLOCK = block(Operator.MBCONV6, 3, 1, 4);

  @ParameterizedTest
  @EnumSource
  void expandsThenNormalisesThenActivates(Activation activation) throws OrtException {
    new Comparison(BLOCK, activation, Padding.SAME, 1e-3)
        .agree(
            BLOCK.in(),
            SIZE,
            (layers, x) -> layers.activate(layers.convolve(x, BLOCK.expand())),
            (naive, x) -> naive.activate(naive.convolve(x, BLOCK.expand())));
  }

  /** On odd and even maps, and on one that is smaller than the kernel. */
  @ParameterizedTest(name = "kernel {0}, stride {1}, {2}")
  @CsvSource({
    "3, 1, SAME", "3, 2, SAME", "5, 1, SAME", "5, 2, SAME",
    "3, 1, SYMMETRIC", "3, 2, SYMMETRIC", "5, 1, SYMMETRIC", "5, 2, SYMMETRIC"
  })
  void convolvesEachChannelAlone(int kernel, int stride, Padding padding) throws OrtException {
    MBConv block = block(Operator.MBCONV6, kernel, stride, 4);
    for (int size : new int[] {1, 7, 8, 15}) {
      new Comparison(block, Activation.SILU, padding, 1e-3)
          .agree(
              block.expanded(),
              size,
              (layers, x) -> layers.activate(layers.convolve(x, block.depthwise())),
              (naive, x) -> naive.activate(naive.convolve(x, block.depthwise())));
    }
  }

  @Test
  void squeezesAndExcites() throws OrtException {
    new Comparison(BLOCK, Activation.SILU, Padding.SAME, 1e-3)
        .agree(
            BLOCK.expanded(),
            SIZE,
            (layers, x) -> layers.gate(x, BLOCK.squeezeExcitation()),
            (naive, x) -> naive.gate(x, BLOCK.squeezeExcitation()));
  }

  @Test
  void projectsWithoutActivation() throws OrtException {
    new Comparison(BLOCK, Activation.SILU, Padding.SAME, 1e-3)
        .agree(
            BLOCK.expanded(),
            SIZE,
            (layers, x) -> layers.convolve(x, BLOCK.project()),
            (naive, x) -> naive.convolve(x, BLOCK.project()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-5, 1e-3, 0.1})
  void addsEpsilonToTheVariance(double epsilon) throws OrtException {
    new Comparison(BLOCK, Activation.SILU, Padding.SAME, epsilon)
        .agree(
            BLOCK.in(),
            SIZE,
            (layers, x) -> layers.convolve(x, BLOCK.expand()),
            (naive, x) -> naive.convolve(x, BLOCK.expand()));
  }

  /** The first two have the skip: stride 1, and as many channels leave as enter. */
  @ParameterizedTest(name = "{0}, stride {1}, to {2} channels")
  @CsvSource({"MBCONV1, 1, 4", "MBCONV6, 1, 4", "MBCONV1, 1, 6", "MBCONV6, 1, 6", "MBCONV6, 2, 4"})
  void addsTheInputWhereTheShapesAgree(Operator operator, int stride, int out) throws OrtException {
    MBConv block = block(operator, 3, stride, out);
    for (Activation activation : Activation.values()) {
      new Comparison(block, activation, Padding.SAME, 1e-3)
          .agree(
              block.in(),
              SIZE,
              (layers, x) -> layers.mbconv(x, block),
              (naive, x) -> naive.block(x, block));
    }
  }

  @Test
  void clipsBetweenZeroAndSix() throws OrtException {
    float[] x = {-1e30f, -6, -Float.MIN_VALUE, -0f, 0, Float.MIN_VALUE, 3, 5.9999995f, 6, 7, 1e30f};
    OnnxGraph graph = new OnnxGraph("relu6");
    Layers layers =
        new Layers(graph, Activation.RELU6, Padding.SAME, 1e-3, SyntheticWeights.of(BLOCK));
    Features y = layers.activate(new Features(graph.input("input", 1, 1, 1), 1));
    graph.output(y.name(), 1, 1, 1);

    assertThat(Onnx.run(graph.toBytes(), x, 1, 1).get(y.name()))
        .usingComparatorWithPrecision(0f)
        .containsExactly(0, 0, 0, 0, 0, Float.MIN_VALUE, 3, 5.9999995f, 6, 6, 6);
  }

  private static MBConv block(Operator operator, int kernel, int stride, int out) {
    return new MBConv(1, 0, operator, kernel, stride, 4, out, 1);
  }

  /** Runs a part of a block both ways, on the same weights. */
  private record Comparison(MBConv block, Activation activation, Padding padding, double epsilon) {

    void agree(
        int channels,
        int size,
        BiFunction<Layers, Features, Features> part,
        BiFunction<NaiveLayers, Maps, Maps> definition)
        throws OrtException {
      float[] input = SyntheticWeights.input(channels, size);
      Tensors tensors = SyntheticWeights.of(block);
      Maps expected =
          definition.apply(
              new NaiveLayers(tensors, activation, padding, epsilon),
              Maps.of(input, channels, size));
      OnnxGraph graph = new OnnxGraph("part");
      Layers layers = new Layers(graph, activation, padding, epsilon, tensors);
      Features y =
          part.apply(layers, new Features(graph.input("input", channels, size, size), size));
      graph.output(y.name(), expected.channels(), expected.size(), expected.size());

      assertThat(y.size()).isEqualTo(expected.size());
      assertThat(
              Onnx.maxDifference(
                  Onnx.run(graph.toBytes(), input, channels, size).get(y.name()),
                  expected.floats()))
          .isLessThan(SAME_NUMBERS);
    }
  }
}

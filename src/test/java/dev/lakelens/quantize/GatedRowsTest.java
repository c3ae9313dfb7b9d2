package dev.lakelens.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakelens.infer.ActivationProbe;
import dev.lakelens.network.BatchNorm;
import dev.lakelens.network.Features;
import dev.lakelens.network.OnnxGraph;
import dev.lakelens.network.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A gate in a quantiser's scales, against plain arithmetic in double precision. */
class GatedRowsTest {
  private static final int SIZE = 4;
  private static final int CHANNELS = 3;
  private static final int PIXELS = SIZE * SIZE;
  private static final int BATCH = 2;

  @Test
  void multipliesByTheGateAndQuantises() {
    float[] x = values(BATCH * CHANNELS * PIXELS); // [batch, channels, pixels]
    float[] gates = {0.5f, 0.01f, 1, 0.25f, 0.9f, 1e-30f}; // [batch, channels]
    float[] units = {0.02f, 0.001f, 0.1f};
    float[] rows = run(x, gates, units); // [batch, pixels, channels]

    for (int i = 0; i < rows.length; i++) {
      int channel = i % CHANNELS;
      int image = i / CHANNELS / PIXELS;
      double gate = gates[image * CHANNELS + channel];
      double value = x[(image * CHANNELS + channel) * PIXELS + i / CHANNELS % PIXELS] * gate;
      double q = Math.max(0, Math.min(255, Math.rint(value / units[channel]) + GateScales.ZERO));
      assertThat((double) rows[i])
          .isCloseTo(q, within(onTheEdge(value / units[channel]) ? 1 : 0.0));
    }
  }

  /** Where float and double precision may round to either side. */
  private static boolean onTheEdge(double value) {
    return Math.abs(Math.abs(value - Math.rint(value)) - 0.5) < 1e-4;
  }

  @Test
  void holdsTheRangeOfEachChannelFromBelowZero() {
    ChannelRange range =
        new ChannelRange(new float[] {-0.1f, -2, 0, 0}, new float[] {5, 1, 1e-3f, 0});
    float[] units = GateScales.of(range).units();

    for (int c = 0; c < units.length; c++) {
      assertThat(units[c]).isPositive();
      double largest = units[c] * (double) (255 - GateScales.ZERO);
      double least = units[c] * (double) -GateScales.ZERO;
      assertThat(largest).isGreaterThanOrEqualTo(range.max()[c] * 0.9999);
      assertThat(least).isLessThanOrEqualTo(range.min()[c] * 0.9999);
    }
  }

  @Test
  void givesTheUnitsToTheWeightsThatReadThem() {
    Tensor weight = Tensor.zeros(List.of(2, 3, 1, 1));
    weight.floats().put(new float[] {1, 2, 3, 4, 5, 6});
    Tensor bias = Tensor.vector(7, 8);
    BatchNorm inUnits =
        new GateScales(new float[] {10, 100, 1000}).intoWeights(new BatchNorm(weight, bias));

    float[] floats = new float[6];
    inUnits.weight().floats().get(floats);
    assertThat(floats).containsExactly(10, 200, 3000, 40, 500, 6000);
    assertThat(inUnits.bias()).isSameAs(bias);
  }

  /** The graph's input has three channels, as an image, and the gates are made of a second map. */
  private static float[] run(float[] x, float[] gates, float[] units) {
    OnnxGraph graph = OnnxGraph.withBlocks("gated");
    Features map = new Features(graph.input("input", CHANNELS, SIZE, SIZE), SIZE);
    Tensor gate = Tensor.zeros(List.of(BATCH, CHANNELS));
    gate.floats().put(gates);
    String q =
        new GatedRows(graph, new Rows(graph))
            .quantize(map, graph.constant("gate", gate), units, "gated");
    // 8-bit numbers as floats.
    Qdq.Value numbers = new Qdq(graph).dequantize(q, "numbers", new Quantizer(1, 0));
    graph.output(numbers.name(), CHANNELS);
    dev.lakelens.prepare.Tensor images = new dev.lakelens.prepare.Tensor(BATCH, SIZE);
    images.floats().put(x);
    try (ActivationProbe probe = ActivationProbe.open(graph.toBytes())) {
      return probe.run(images).get(numbers.name());
    }
  }

  /** As SiLU gives them: little below zero. */
  private static float[] values(int count) {
    Random random = new Random(4);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.max(-0.27, 4 * random.nextGaussian());
    }
    return values;
  }
}

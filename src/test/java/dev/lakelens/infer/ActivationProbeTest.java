package dev.lakelens.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.network.OnnxGraph;
import dev.lakelens.network.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActivationProbeTest {
  private static final int SIZE = 2;

  @Test
  void givesEveryOutputForEveryImage() {
    OnnxGraph graph = OnnxGraph.withBlocks("probe");
    String input = graph.input("input", 3, SIZE, SIZE);
    String two = graph.constant("two", Tensor.scalar(2));
    graph.output(graph.node("Mul", "twice", List.of(input, two)), 3, SIZE, SIZE);
    graph.output(graph.node("GlobalAveragePool", "mean", List.of(input)), 3, 1, 1);
    dev.lakelens.prepare.Tensor images = new dev.lakelens.prepare.Tensor(2, SIZE);
    for (int i = 0; i < images.floats().limit(); i++) {
      images.floats().put(i, i);
    }

    try (ActivationProbe probe = ActivationProbe.open(graph.toBytes())) {
      Map<String, float[]> values = probe.run(images);
      assertThat(values).containsOnlyKeys("twice", "mean");
      assertThat(values.get("twice")).hasSize(24).endsWith(44, 46);
      assertThat(values.get("mean")).containsExactly(1.5f, 5.5f, 9.5f, 13.5f, 17.5f, 21.5f);
      images.floats().put(0, 4);
      assertThat(probe.run(images).get("mean")).startsWith(2.5f);
    }
  }

  @Test
  void refusesWhatIsNoGraph() {
    assertThatThrownBy(() -> ActivationProbe.open(new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("ONNX Runtime refuses a graph: ");
  }
}

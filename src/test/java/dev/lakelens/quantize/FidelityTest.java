package dev.lakelens.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakelens.image.SetupException;
import dev.lakelens.infer.Inference;
import dev.lakelens.model.Model;
import dev.lakelens.network.EfficientNet;
import dev.lakelens.network.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FidelityTest {
  @TempDir private Path directory;

  @Test
  void isPerfectForAModelItself() throws IOException {
    Model model = EfficientNet.build(Networks.of(Variant.LITE0));
    Photos photos = Networks.photos(directory, 12);
    Fidelity fidelity = Fidelity.of(model, model, photos, () -> {});

    assertThat(fidelity.photos()).isEqualTo(12);
    assertThat(fidelity.agreement()).isEqualTo(1);
    assertThat(fidelity.cosine()).isCloseTo(1, within(1e-12));
    assertThat(fidelity.neighbours()).isEqualTo(1);
  }

  @Test
  void countsTheSameTopClasses() {
    List<Inference> expected = logits(new float[] {1, 3, 2}, new float[] {5, 4, 3});
    List<Inference> actual = logits(new float[] {0, 9, 8}, new float[] {1, 4, 3});

    assertThat(Fidelity.of(expected, actual, 0).agreement()).isEqualTo(0.5);
  }

  @Test
  void countsTheSameAnswersOfOneLogit() {
    List<Inference> expected = logits(new float[] {1}, new float[] {-5}, new float[] {2});
    List<Inference> actual = logits(new float[] {9}, new float[] {-1}, new float[] {-2});

    assertThat(Fidelity.of(expected, actual, 0).agreement()).isCloseTo(2 / 3.0, within(1e-12));
  }

  @Test
  void isTheMeanAndTheLowEndOfTheCosines() {
    List<Inference> expected = turned(40, i -> 0);
    List<Inference> actual = turned(40, i -> i);
    Fidelity fidelity = Fidelity.of(expected, actual, 3);

    double mean =
        IntStream.range(0, 40)
            .mapToDouble(i -> Math.cos(Math.toRadians(i)))
            .average()
            .orElseThrow();
    assertThat(fidelity.cosine()).isCloseTo(mean, within(1e-6));
    // Of 40 the third least is the first above 5 %, and the second the last below.
    assertThat(fidelity.lowCosine()).isCloseTo(Math.cos(Math.toRadians(38)), within(1e-6));
    assertThat(fidelity.skipped()).isEqualTo(3);
  }

  /** On a circle the nearest ten are five on each side; those of one photo are of another's. */
  @Test
  void countsTheSameNeighbours() {
    List<Inference> circle = turned(36, i -> 10 * i);
    List<Inference> moved = turned(36, i -> i == 0 ? 180.4 : 10 * i + 0.01 * i);

    assertThat(Fidelity.of(circle, turned(36, i -> 10 * i + 7), 0).neighbours()).isEqualTo(1);
    // The moved photo loses its ten, ten others lose it, and those near its new place gain it.
    assertThat(Fidelity.of(circle, moved, 0).neighbours()).isBetween(0.88, 0.95);
  }

  @Test
  void isOfTwoPhotosAtLeast() throws IOException {
    Model model = EfficientNet.build(Networks.of(Variant.LITE0));
    Networks.photos(directory, 1);
    Files.writeString(directory.resolve("notes.txt"), "none");

    assertThatThrownBy(() -> Fidelity.of(model, model, Photos.below(directory), () -> {}))
        .isInstanceOf(SetupException.class)
        .hasMessage("Of the 2 files to evaluate on, 1 can be decoded, and at least 2 must.");
  }

  private static List<Inference> logits(float[]... logits) {
    return List.of(logits).stream().map(l -> new Inference(l, new float[] {1, 2})).toList();
  }

  /** Embeddings in a plane, by their angle in degrees. */
  private static List<Inference> turned(int count, java.util.function.IntToDoubleFunction degrees) {
    return IntStream.range(0, count)
        .mapToObj(i -> Math.toRadians(degrees.applyAsDouble(i)))
        .map(a -> new float[] {(float) Math.cos(a), (float) Math.sin(a)})
        .map(embedding -> new Inference(new float[0], embedding))
        .toList();
  }
}

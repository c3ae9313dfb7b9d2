package dev.lakelens.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.network.TrainedNetwork;
import dev.lakelens.network.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole networks, whose weights make up for each other's rounding. */
class CompensatedRoundingTest {
  @TempDir private Path directory;

  /** All 1x1 convolutions of Lite0; those of B0 that are in 8 bits. */
  @ParameterizedTest
  @CsvSource({"LITE0, 32", "B0, 28"})
  void roundsEvery1x1ConvolutionIn8Bits(Variant variant, int layers) throws IOException {
    Map<String, byte[]> values = measure(variant, Long.MAX_VALUE).values();
    Map<String, byte[]> nearest = nearest(variant);

    assertThat(values).hasSize(layers);
    values.forEach(
        (name, compensated) -> {
          assertThat(compensated).as(name).hasSameSizeAs(nearest.get(name));
          assertThat(compensated).as(name).isNotEqualTo(nearest.get(name));
        });
  }

  /** Then what a layer reads is what the rounded layers before it give. */
  @ParameterizedTest
  @CsvSource({"LITE0", "B0"})
  void goesLayerByLayerWhereBytesAreFew(Variant variant) throws IOException {
    Map<String, byte[]> atOnce = measure(variant, Long.MAX_VALUE).values();
    Map<String, byte[]> oneByOne = measure(variant, 1).values();

    assertThat(oneByOne.keySet()).isEqualTo(atOnce.keySet());
    String last = "conv_head";
    assertThat(oneByOne.get(last)).isNotEqualTo(atOnce.get(last));
  }

  private CompensatedRounding measure(Variant variant, long bytes) throws IOException {
    Photos photos = Networks.photos(directory, 8);
    return CompensatedRounding.measure(network(variant, photos), recipe(variant), photos, bytes);
  }

  private Map<String, byte[]> nearest(Variant variant) throws IOException {
    StreamEqualization.Equalized network = network(variant, Networks.photos(directory, 8));
    Map<String, byte[]> values = new TreeMap<>();
    Rounding recorded =
        (convolution, folded, input) -> {
          Int8Weights weights = Rounding.NEAREST.round(convolution, folded, input);
          values.put(convolution.name(), weights.values());
          return weights;
        };
    Quantization.draw(network.trained(), recipe(variant), network.ranges(), recorded);
    return values;
  }

  private static StreamEqualization.Equalized network(Variant variant, Photos photos) {
    TrainedNetwork trained = Networks.of(variant);
    Recipe recipe = recipe(variant);
    Ranges.Measured measured =
        Ranges.measure(trained, recipe.values(trained.architecture()), photos, () -> {});
    return new StreamEqualization.Equalized(trained, measured.ranges());
  }

  private static Recipe recipe(Variant variant) {
    return Recipe.of(Networks.of(variant).architecture().activation());
  }
}

package dev.lakelens.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.EfficientNet;
import dev.lakelens.network.MBConv;
import dev.lakelens.network.Onnx;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.TrainedNetwork;
import dev.lakelens.network.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamEqualizationTest {
  @TempDir private Path directory;

  /** B1 has repeats in its first stage, whose blocks read the stream depthwise. */
  @ParameterizedTest
  @EnumSource(names = {"B0", "B1", "LITE0"})
  void changesNoOutput(Variant variant) throws OrtException, IOException {
    TrainedNetwork trained = Networks.of(variant);
    TrainedNetwork equalised = equalise(trained).trained();

    float[] input = SyntheticWeights.input(Networks.SIZE);
    Map<String, float[]> expected =
        Onnx.run(EfficientNet.build(trained).onnx(), input, Networks.SIZE);
    Map<String, float[]> actual =
        Onnx.run(EfficientNet.build(equalised).onnx(), input, Networks.SIZE);
    assertThat(equalised.tensors().digest()).isNotEqualTo(trained.tensors().digest());
    for (String output : expected.keySet()) {
      double largest = 0;
      for (float value : expected.get(output)) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertThat(Onnx.maxDifference(actual.get(output), expected.get(output)))
          .isLessThan(1e-5 * largest);
    }
  }

  /** What it says of the ranges is what the changed network does. */
  @Test
  void bringsTheChannelsOfAStreamToOneRange() throws IOException {
    TrainedNetwork trained = Networks.of(Variant.LITE0);
    StreamEqualization.Equalized equalised = equalise(trained);
    Ranges measured = measure(equalised.trained());

    Architecture architecture = trained.architecture();
    Map<Integer, float[]> streams = new TreeMap<>(); // by stage
    for (MBConv block : architecture.blocks()) {
      float[] largest = streams.computeIfAbsent(block.stage(), s -> new float[block.out()]);
      add(largest, measured, equalised.ranges(), block.project().name());
      if (block.skips()) {
        add(largest, measured, equalised.ranges(), block.part("skip"));
      }
    }
    streams.values().forEach(StreamEqualizationTest::areEqual);
  }

  private static void add(float[] largest, Ranges measured, Ranges said, String value) {
    for (int c = 0; c < largest.length; c++) {
      float channel = measured.of(value).largest(c);
      assertThat(said.of(value).largest(c)).isCloseTo(channel, within(1e-3f * channel));
      largest[c] = Math.max(largest[c], channel);
    }
  }

  private static void areEqual(float[] largest) {
    for (float channel : largest) {
      assertThat(channel).isCloseTo(largest[0], within(1e-3f * largest[0]));
    }
  }

  private StreamEqualization.Equalized equalise(TrainedNetwork trained) throws IOException {
    return StreamEqualization.equalize(trained, measure(trained));
  }

  private Ranges measure(TrainedNetwork trained) throws IOException {
    Recipe recipe = Recipe.of(trained.architecture().activation());
    Photos photos = Networks.photos(directory, 3);
    return Ranges.measure(trained, recipe.values(trained.architecture()), photos, () -> {})
        .ranges();
  }
}

package dev.lakelens.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.infer.ActivationProbe;
import dev.lakelens.network.OnnxGraph;
import dev.lakelens.network.TrainedNetwork;
import dev.lakelens.network.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangesTest {
  private static final int CHANNELS = 16;

  @TempDir private Path directory;

  /** Against the values themselves. */
  @Test
  void areTheEndsOfEachChannelOverAllPhotos() throws IOException {
    TrainedNetwork trained = Networks.of(Variant.LITE0);
    String projected = trained.architecture().blocks().get(0).project().name();
    Photos photos = Networks.photos(directory, 4);
    ChannelRange expected = ChannelRange.none(CHANNELS);
    OnnxGraph graph = OnnxGraph.withBlocks("whole");
    trained.draw(graph);
    graph.output(projected, CHANNELS, Networks.SIZE / 2, Networks.SIZE / 2);
    try (ActivationProbe probe = ActivationProbe.open(graph.toBytes())) {
      photos.forEach(
          trained.card().preprocessing(),
          (file, tensor) -> add(probe.run(tensor).get(projected), expected),
          () -> {});
    }

    List<Ranges.Value> values = List.of(new Ranges.Value(projected, CHANNELS));
    ChannelRange range = Ranges.measure(trained, values, photos, () -> {}).ranges().of(projected);
    assertThat(range.min()).containsExactly(expected.min());
    assertThat(range.max()).containsExactly(expected.max());
  }

  @Test
  void leaveOutWhatIsNoImage() throws IOException {
    TrainedNetwork trained = Networks.of(Variant.LITE0);
    Networks.photos(directory, 2);
    Files.writeString(directory.resolve("labels.csv"), "000.png,7\n");
    Photos photos = Photos.below(directory);
    List<Ranges.Value> values = List.of(new Ranges.Value("pool", 1280));

    int[] heard = {0};
    Ranges.Measured measured = Ranges.measure(trained, values, photos, () -> heard[0]++);
    assertThat(photos.size()).isEqualTo(3);
    assertThat(measured.photos().size()).isEqualTo(2);
    assertThat(heard[0]).isEqualTo(3);
  }

  private static void add(float[] map, ChannelRange range) {
    int pixels = map.length / CHANNELS;
    for (int i = 0; i < map.length; i++) {
      int c = i / pixels;
      range.min()[c] = Math.min(range.min()[c], map[i]);
      range.max()[c] = Math.max(range.max()[c], map[i]);
    }
  }
}

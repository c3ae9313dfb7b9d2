package dev.lakelens.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hdf5Test {
  private static final String REFUSED = "w is not an HDF5 file that can be read: ";
  private static final Duration MOST_TIME = Duration.ofSeconds(1);
  private static final long MOST_BYTES = 100_000_000;

  @ParameterizedTest
  @ValueSource(strings = {"half", "single", "double", "big_endian", "compact", "none/single"})
  void readsFloatsOfEveryType(String path) throws IOException {
    Tensor tensor = Hdf5.read(types(), "w").floats().get(path);

    assertThat(tensor.shape()).isEqualTo(List.of(2, 3, 4));
    for (int i = 0; i < 24; i++) {
      assertThat(tensor.floats().get(i)).isEqualTo(i / 4f - 1);
    }
  }

  @Test
  void readsScalarsAndEmptyArrays() throws IOException {
    Map<String, Tensor> floats = Hdf5.read(types(), "w").floats();

    assertThat(floats.get("scalar").shape()).isEmpty();
    assertThat(floats.get("scalar").floats().get(0)).isEqualTo(0.5f);
    assertThat(floats.get("empty").shape()).isEqualTo(List.of(0, 3));
  }

  @Test
  void listsWhatIsNoFloatAndWhatGroupsCallThemselves() throws IOException {
    Hdf5.Contents contents = Hdf5.read(types(), "w");

    assertThat(contents.others()).containsExactly("count", "json", "quadruple");
    assertThat(contents.groups())
        .isEqualTo(Map.of("fixed", "fixed length", "variable", "variable length", "none", ""));
  }

  @Test
  void followsNoLinks() throws IOException {
    assertThat(Hdf5.read(types(), "w").floats()).doesNotContainKeys("link", "elsewhere");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "chunked| zipped lies in chunks, as Keras's weights do not; h5repack -l CONTI -f NONE writes it plain",
        "unwritten| huge has the shape [1048576, 1024], more than the file can hold",
        "shared| e has the shape [4096], more than the file can hold",
        "endless| its groups are more than 16 deep",
        "doubling| it has more than 20000 groups and datasets",
        "cycle| it is damaged, or its download broke off",
        "attribute| it is damaged, or its download broke off"
      })
  void refusesFilesThatGrow(String name, String fault) throws IOException {
    assertThatThrownBy(() -> Hdf5.read(file(name), "w"))
        .isInstanceOf(ModelException.class)
        .hasMessage(REFUSED + fault);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 64, 512, 4096, 12288})
  void refusesTruncation(int length) throws IOException {
    ByteBuffer truncated = types().limit(length);

    assertThatThrownBy(() -> Hdf5.read(truncated, "w"))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(REFUSED);
  }

  @Test
  void boundsWhatDamagedFilesCost() throws IOException {
    byte[] good = types().array();
    for (int seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      byte[] damaged =
          Arrays.copyOf(good, seed % 10 == 9 ? random.nextInt(good.length) : good.length);
      for (int flip = 0; damaged.length > 0 && flip <= random.nextInt(8); flip++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      assertBounded(damaged, seed);
    }
  }

  private static void assertBounded(byte[] file, int seed) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long time = threads.getCurrentThreadCpuTime();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    try {
      Hdf5.read(ByteBuffer.wrap(file), "w");
    } catch (ModelException e) {
      assertThat(e).as("seed %d", seed).hasMessageStartingWith(REFUSED);
    }
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - time))
        .as("seed %d", seed)
        .isLessThan(MOST_TIME);
    assertThat(threads.getCurrentThreadAllocatedBytes() - bytes)
        .as("seed %d", seed)
        .isLessThan(MOST_BYTES);
  }

  private static ByteBuffer types() throws IOException {
    return file("types");
  }

  private static ByteBuffer file(String name) throws IOException {
    try (InputStream in =
        Hdf5Test.class.getResourceAsStream("/weights/keras/%s.h5".formatted(name))) {
      return ByteBuffer.wrap(in.readAllBytes());
    }
  }
}

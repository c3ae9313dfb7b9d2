package dev.lakelens.weights;

import static dev.lakelens.weights.TorchFileTest.buffer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged file is refused, or read; nothing else happens, within bounded memory and time. */
class DamagedTorchFileTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MAX_BYTES = 64L << 20;
  private static final long MAX_NANOS = 1_000_000_000; // of the processor
  private static final int FLIPPED_FILES = 100;
  private static final int MANY_FLIPPED_FILES = 2000;
  private static final int SOME_LENGTHS = 17; // a prime, so that they fall everywhere in fields

  @ParameterizedTest
  @ValueSource(strings = {"torch-zip", "torch-zip-protocol-4", "torch-legacy"})
  void refusesTruncations(String name) throws IOException {
    refusesTruncations(name, SOME_LENGTHS);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"torch-zip", "torch-zip-protocol-4", "torch-legacy"})
  void refusesEveryTruncation(String name) throws IOException {
    refusesTruncations(name, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"torch-zip", "torch-zip-protocol-4", "torch-legacy"})
  void survivesFlippedBits(String name) throws IOException {
    survivesFlippedBits(name, FLIPPED_FILES);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"torch-zip", "torch-zip-protocol-4", "torch-legacy"})
  void survivesManyFlippedBits(String name) throws IOException {
    survivesFlippedBits(name, MANY_FLIPPED_FILES);
  }

  /** Past the checksums: flips in the pickle alone. */
  @Test
  void survivesFlippedBitsInThePickle() {
    survivesFlippedBitsInThePickle(FLIPPED_FILES);
  }

  @Tag("slow")
  @Test
  void survivesManyFlippedBitsInThePickle() {
    survivesFlippedBitsInThePickle(MANY_FLIPPED_FILES);
  }

  private static void refusesTruncations(String name, int step) throws IOException {
    byte[] file = file(name);
    for (int length = 0; length < file.length; length += step) {
      String what = "%s cut to %d bytes".formatted(name, length);
      assertThat(isRead(what, Arrays.copyOf(file, length))).as(what).isFalse();
    }
  }

  private static void survivesFlippedBits(String name, int files) throws IOException {
    byte[] file = file(name);
    for (long seed = 0; seed < files; seed++) {
      Random random = new Random(seed);
      byte[] flipped = file.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      }
      bounded("%s, seed %d".formatted(name, seed), flipped);
    }
  }

  private static void survivesFlippedBitsInThePickle(int files) {
    byte[] pickle = Pickles.weights(24, 2, Pickles.integers(2, 3), Pickles.integers(1, 4));
    for (long seed = 0; seed < files; seed++) {
      Random random = new Random(seed);
      byte[] flipped = pickle.clone();
      flipped[random.nextInt(flipped.length)] = (byte) random.nextInt();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      bounded("seed " + seed, Zips.torch(flipped, Pickles.floats(24)));
    }
  }

  private static void bounded(String what, byte[] file) {
    long thread = Thread.currentThread().getId();
    long bytes = THREADS.getThreadAllocatedBytes(thread);
    long nanos = THREADS.getCurrentThreadCpuTime();
    isRead(what, file);
    assertThat(THREADS.getThreadAllocatedBytes(thread) - bytes).as(what).isLessThan(MAX_BYTES);
    assertThat(THREADS.getCurrentThreadCpuTime() - nanos).as(what).isLessThan(MAX_NANOS);
  }

  private static boolean isRead(String what, byte[] file) {
    Throwable refusal = catchThrowable(() -> TorchFile.read(buffer(file), "w"));
    if (refusal != null) {
      assertThat(refusal).as(what).isInstanceOf(ModelException.class).hasMessageStartingWith("w ");
    }
    return refusal == null;
  }

  private static byte[] file(String name) throws IOException {
    return Files.readAllBytes(TorchFileTest.resource(name + ".pth"));
  }
}

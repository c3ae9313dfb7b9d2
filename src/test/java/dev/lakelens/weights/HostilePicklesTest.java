package dev.lakelens.weights;

import static dev.lakelens.weights.Pickles.call;
import static dev.lakelens.weights.Pickles.dictionary;
import static dev.lakelens.weights.Pickles.global;
import static dev.lakelens.weights.Pickles.integer;
import static dev.lakelens.weights.Pickles.integers;
import static dev.lakelens.weights.Pickles.pickle;
import static dev.lakelens.weights.Pickles.storage;
import static dev.lakelens.weights.Pickles.tensor;
import static dev.lakelens.weights.Pickles.text;
import static dev.lakelens.weights.TorchFileTest.buffer;
import static dev.lakelens.weights.TorchFileTest.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import dev.lakelens.model.ModelException;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small pickles that ask for much: what they may take is bounded, whatever they share. */
class HostilePicklesTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MAX_BYTES = 512L << 20; // the most pairs are about 100 MB
  private static final long MAX_NANOS = 5_000_000_000L; // of the processor
  private static final int PROGRAMS = 100;

  /** Of the memo: pairs 0, 1 and 2, a list 3, arguments 4 and a dictionary's class 5. */
  private static final String SHARED =
      "NN\u0086q\u00000"
          + text("a")
          + "N\u0086q\u00010"
          + text("b")
          + "h\u0000\u0086q\u00020"
          + "]q\u00030h\u0003\u0085q\u00040"
          + global("collections OrderedDict")
          + "q\u00050";

  private static final String[] STEPS = {
    "h\u0003(h\u0000h\u0001h\u0002e0", // the list grows by pairs
    "h\u0003(" + "h\u0000".repeat(64) + "e0",
    "h\u0003h\u0003a0", // by itself
    "h\u0005h\u0004R0", // a dictionary of the list
    "h\u0005h\u0004R", // and it stays on the stack
    "h\u0005h\u0004\u00810",
    "(h\u0005h\u0003o0",
    "h\u0003h\u0003\u0086q\u00000", // a pair of the list and itself
    "h\u0003\u0085q\u00040",
    "h\u0004q\u0003\u00850",
    "]q\u00030", // another list
    "h\u00032\u0086q\u00020",
    "}q\u0006h\u0003h\u0000s0",
    "(1",
    "(h\u0003"
  };

  /** 200 times a dictionary of the same 10,000 pairs. */
  @Test
  void countsThePairsOfAllDictionariesTogether() {
    String pairs = "h\u0003(" + "h\u0000".repeat(10_000) + "e0";
    String dictionaries = "(" + "h\u0005h\u0004R".repeat(200) + "l";

    refuses(Zips.torch(pickle(SHARED, pairs, dictionaries), Pickles.floats(1)))
        .hasMessageContaining("its pickle makes dictionaries of over 1048576 pairs");
  }

  /** 20,000 tensors in one storage of 16 MiB, whose checksum for each would be of 320 GB. */
  @Test
  void checksEveryStorageOnce() {
    int elements = 1 << 22;
    String storage = storage("FloatStorage", "0", elements) + "q\u00070";
    String weights =
        IntStream.range(0, 20_000)
            .mapToObj(i -> text("w" + i) + tensor("h\u0007", i, integers(1), integers(1)))
            .collect(Collectors.joining());
    byte[] file = Zips.torch(pickle(storage, "(", weights, "d"), Pickles.floats(elements));

    bounded("shared storage", file);
    assertThat(TorchFile.read(buffer(file), "w").tensors()).hasSize(20_000);
  }

  @Test
  void survivesProgramsThatRepeatThemselves() {
    for (long seed = 0; seed < PROGRAMS; seed++) {
      bounded("seed " + seed, Zips.torch(pickle(program(new Random(seed))), Pickles.floats(4)));
    }
  }

  /** Twice as long a way at each level, through one dictionary or list that is shared. */
  @ParameterizedTest
  @ValueSource(
      strings = {"h\u0001h\u0001\u0086q\u00010", "]q\u0002h\u0001ah\u0001a0h\u0002q\u00010"})
  void visitsWhatIsSharedABoundedNumberOfTimes(String level) {
    String leaf = call("torch Size") + "q\u00010";
    bounded("levels", Zips.torch(pickle(leaf, level.repeat(31), "h\u0001"), Pickles.floats(4)));
  }

  @Test
  void survivesDeepNesting() {
    bounded("lists", Zips.torch(pickle("(".repeat(100_000), "l".repeat(100_000)), new byte[4]));
    bounded("tuples", Zips.torch(pickle("N", "\u0085".repeat(500_000)), new byte[4]));
    String keys = (text("k") + "(").repeat(1000);
    bounded("dictionaries", Zips.torch(pickle("(", keys, "d".repeat(1001)), new byte[4]));
  }

  /** A dictionary with a tensor, behind what a few random steps have made, each many times. */
  private static String program(Random random) {
    StringBuilder program = new StringBuilder(SHARED);
    for (int i = random.nextInt(8); i >= 0; i--) {
      String step = STEPS[random.nextInt(STEPS.length)];
      program.append(step.repeat(1 + random.nextInt(1 << random.nextInt(12))));
    }
    String made =
        dictionary(
            text("w"),
            tensor(storage("FloatStorage", "0", 4), 0, integers(2), integers(1)),
            text("s"),
            "h\u0003",
            integer(1),
            "h\u0002");
    return program.append(made).toString();
  }

  private static void bounded(String what, byte[] file) {
    long thread = Thread.currentThread().getId();
    long bytes = THREADS.getThreadAllocatedBytes(thread);
    long nanos = THREADS.getCurrentThreadCpuTime();
    Throwable refusal = catchThrowable(() -> TorchFile.read(buffer(file), "w"));
    if (refusal != null) {
      assertThat(refusal).as(what).isInstanceOf(ModelException.class).hasMessageStartingWith("w ");
    }
    assertThat(THREADS.getThreadAllocatedBytes(thread) - bytes).as(what).isLessThan(MAX_BYTES);
    assertThat(THREADS.getCurrentThreadCpuTime() - nanos).as(what).isLessThan(MAX_NANOS);
  }
}

package dev.lakelens.weights;

import static dev.lakelens.weights.Pickles.dictionary;
import static dev.lakelens.weights.Pickles.floats;
import static dev.lakelens.weights.Pickles.integers;
import static dev.lakelens.weights.Pickles.list;
import static dev.lakelens.weights.Pickles.pickle;
import static dev.lakelens.weights.Pickles.storage;
import static dev.lakelens.weights.Pickles.tensor;
import static dev.lakelens.weights.Pickles.text;
import static dev.lakelens.weights.Pickles.weights;
import static dev.lakelens.weights.TorchFileTest.buffer;
import static dev.lakelens.weights.TorchFileTest.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.network.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchTensorsTest {
  private static final String DAMAGED = "w is not a PyTorch file that can be read: ";
  private static final String TENSOR =
      tensor(storage("FloatStorage", "0", 1), 0, integers(1), integers(1));
  private static final String INTEGER =
      tensor(storage("IntStorage", "1", 1), 0, integers(1), integers(1));
  private static final int HALVES = 400_000;

  /** Strides of dimensions of one element mean nothing. */
  @ParameterizedTest
  @CsvSource({"3, 1", "1, 99"})
  void viewsContiguousFloatsInTheFile(long outer, long stride) {
    long inner = 3 / outer;
    byte[] pickle = weights(4, 1, integers(outer, inner), integers(outer == 1 ? stride : 1, 1));
    byte[] bytes = Zips.torch(pickle, floats(4));
    Tensor tensor = TorchFile.read(buffer(bytes), "w").tensors().get("w");

    assertThat(tensor.floats().get(2)).isEqualTo(3);
    buffer(bytes).putFloat(indexOf(bytes, floats(4)) + 3 * Float.BYTES, 99);
    assertThat(tensor.floats().get(2)).isEqualTo(99);
  }

  @Test
  void namesTensorsByKeysAndIndices() {
    byte[] pickle =
        pickle(dictionary(text("a"), list(TENSOR, dictionary(Pickles.integer(7), TENSOR))));

    assertThat(TorchFile.read(buffer(Zips.torch(pickle, floats(1))), "w").tensors())
        .containsOnlyKeys("a.0", "a.1.7");
  }

  @Test
  void namesTensorsOfOtherKeysByAQuestionMark() {
    byte[] pickle = pickle(dictionary("N", TENSOR));

    assertThat(TorchFile.read(buffer(Zips.torch(pickle, floats(1))), "w").tensors())
        .containsOnlyKeys("?");
  }

  @Test
  void convertsATensorOfTwoNamesOnce() {
    String half = tensor(storage("HalfStorage", "0", 1), 0, integers(1), integers(1));
    byte[] pickle = pickle(dictionary(text("a"), half + "q\u0001", text("b"), "h\u0001"));
    WeightFile file = TorchFile.read(buffer(Zips.torch(pickle, new byte[2])), "w");

    assertThat(file.tensors().get("a")).isSameAs(file.tensors().get("b"));
  }

  /** 3.2 MB of 32-bit floats of 0.8 MB. */
  @Test
  void widensWhatTheFileHolds() {
    assertThat(TorchFile.read(buffer(halves(1)), "w").tensors()).hasSize(1);
  }

  @Test
  void refusesToWidenMoreThanTheFileHolds() {
    refuses(halves(10))
        .hasMessageStartingWith(DAMAGED)
        .hasMessageContaining("larger than the file");
  }

  @Test
  void readsSmallTensorsThatWereSavedExpanded() {
    byte[] expanded = weights(1, 0, integers(64, 64), integers(0, 0));

    assertThat(TorchFile.read(buffer(Zips.torch(expanded, floats(1))), "w").tensors()).hasSize(1);
  }

  @Test
  void boundsNames() {
    String outer = "k".repeat(256);

    assertThat(TorchFile.read(buffer(nested(outer, "k".repeat(255))), "w").tensors().firstKey())
        .hasSize(512);
    refuses(nested(outer, outer)).hasMessage(DAMAGED + "a name has over 512 characters");
  }

  @Test
  void boundsTheNumberOfTensors() {
    String[] items = new String[(1 << 15) + 1];
    Arrays.fill(items, "h\u0001");
    items[0] = TENSOR + "q\u0001";

    refuses(Zips.torch(pickle(list(items)), floats(1)))
        .hasMessage(DAMAGED + "it holds over 32768 tensors");

    items[1] = INTEGER;
    refuses(Zips.torch(pickle(list(items)), floats(1)))
        .hasMessage(DAMAGED + "it holds over 32768 tensors");
  }

  /** A list of 2^11 numbers, 2^10 times. */
  @Test
  void boundsTheNumberOfPlainValues() {
    String numbers = list("N".repeat(1 << 11)) + "q\u0001";
    String[] items = new String[1 << 10];
    Arrays.fill(items, "h\u0001");
    items[0] = numbers;

    refuses(Zips.torch(pickle(list(items)), floats(1)))
        .hasMessage(DAMAGED + "it holds over 1048576 values");
  }

  @Test
  void refusesDictionariesThatHoldThemselves() {
    refuses(Zips.torch(pickle("}q\0", text("d"), "h\0s"), floats(1)))
        .hasMessage(DAMAGED + "its dictionaries are nested over 32 deep");
  }

  /** Each dictionary holds the one before it twice: 2^24 paths lead to the first. */
  @Test
  void refusesMorePathsThanValues() {
    StringBuilder doubling = new StringBuilder("}");
    for (char i = 0; i < 24; i++) {
      doubling.append("q" + i + "}(" + text("a") + "h" + i + text("b") + "h" + i + "u");
    }

    refuses(Zips.torch(pickle(doubling.toString()), floats(1)))
        .hasMessage(DAMAGED + "it holds over 1048576 values");
  }

  @Test
  void refusesTwoTensorsOfOneName() {
    for (String first : List.of(TENSOR, INTEGER)) {
      byte[] twice =
          pickle(dictionary(text("a.b"), first, text("a"), dictionary(text("b"), TENSOR)));

      refuses(Zips.torch(twice, floats(1))).hasMessage(DAMAGED + "it has two tensors a.b");
    }
  }

  private static byte[] nested(String outer, String inner) {
    return Zips.torch(pickle(dictionary(text(outer), dictionary(text(inner), TENSOR))), floats(1));
  }

  /** So many tensors of one storage. */
  private static byte[] halves(int count) {
    String half = tensor(storage("HalfStorage", "0", HALVES), 0, integers(HALVES), integers(1));
    String[] items = Collections.nCopies(count, half).toArray(String[]::new);
    return Zips.torch(pickle(list(items)), new byte[2 * HALVES]);
  }

  private static int indexOf(byte[] file, byte[] part) {
    for (int i = 0; i + part.length <= file.length; i++) {
      if (Arrays.equals(file, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new IllegalArgumentException("not in the file");
  }
}

package dev.lakelens.weights;

import static dev.lakelens.weights.Pickles.counted;
import static dev.lakelens.weights.Pickles.dictionary;
import static dev.lakelens.weights.Pickles.floats;
import static dev.lakelens.weights.Pickles.integer;
import static dev.lakelens.weights.Pickles.integers;
import static dev.lakelens.weights.Pickles.legacy;
import static dev.lakelens.weights.Pickles.list;
import static dev.lakelens.weights.Pickles.pickle;
import static dev.lakelens.weights.Pickles.storage;
import static dev.lakelens.weights.Pickles.tensor;
import static dev.lakelens.weights.Pickles.text;
import static dev.lakelens.weights.Pickles.tuple;
import static dev.lakelens.weights.Pickles.weights;
import static dev.lakelens.weights.TorchFileTest.assertTensor;
import static dev.lakelens.weights.TorchFileTest.buffer;
import static dev.lakelens.weights.TorchFileTest.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchStorageTest {
  private static final String DAMAGED = "w is not a PyTorch file that can be read: ";

  /** The sizes are those of PyTorch's element_size; what follows is found by them. */
  @ParameterizedTest
  @CsvSource({
    "DoubleStorage, 8, true",
    "FloatStorage, 4, true",
    "HalfStorage, 2, true",
    "BFloat16Storage, 2, true",
    "LongStorage, 8, false",
    "IntStorage, 4, false",
    "ShortStorage, 2, false",
    "CharStorage, 1, false",
    "ByteStorage, 1, false",
    "BoolStorage, 1, false",
    "ComplexFloatStorage, 8, false",
    "ComplexDoubleStorage, 16, false",
    "QInt32Storage, 4, false",
    "QInt8Storage, 1, false",
    "QUInt8Storage, 1, false",
    "storage UntypedStorage, 1, false",
    "cuda FloatStorage, 4, true"
  })
  void hasElementsOfASize(String type, int size, boolean isFloat) {
    String of = tensor(storage(type, "0", 3), 0, integers(3), integers(1));
    String next = tensor(storage("FloatStorage", "1", 2), 0, integers(2), integers(1));
    byte[] object = pickle(dictionary(text("of"), of, text("next"), next));
    byte[] elements = ByteBuffer.allocate(Long.BYTES + 3 * size).put((byte) 3).array();

    WeightFile file =
        TorchFile.read(
            buffer(legacy(object, list(text("0"), text("1")), elements, counted(2))), "w");

    assertTensor(file, "next", List.of(2), 0, 1);
    assertThat(file.tensors().containsKey("of")).isEqualTo(isFloat);
    assertThat(file.others().contains("of")).isEqualTo(!isFloat);
  }

  @Test
  void isAsLongInAZipFileAsItsEntry() {
    byte[] pickle = weights(3, 0, integers(3), integers(1));

    refuses(Zips.torch(pickle, new byte[13]))
        .hasMessage(DAMAGED + "its storage 0 has 13 bytes, and should have 12");
  }

  @Test
  void mayBeAPartOfAnotherInALegacyFile() {
    byte[] file = withPart(tuple(text("view"), integer(2), integer(3)), 1, 2);

    assertTensor(TorchFile.read(buffer(file), "w"), "w", List.of(2), 3, 4);
  }

  @Test
  void keepsTensorsInsideTheirPart() {
    refuses(withPart(tuple(text("view"), integer(2), integer(3)), 1, 3))
        .hasMessage(
            DAMAGED
                + "w [3] with strides [1] from element 1 lies outside its storage of 3 elements");
  }

  @ParameterizedTest
  @CsvSource({"7, 0", "-1, 3", "2, 5", "2, -1"})
  void refusesPartsOutsideIt(long offset, long length) {
    refuses(withPart(tuple(text("view"), integer(offset), integer(length)), 0, 0))
        .hasMessage(DAMAGED + "a part of a storage lies outside it");
  }

  @Test
  void refusesPartsOfMoreThanTheirPlace() {
    refuses(withPart(tuple(text("view"), integer(0), integer(3), integer(0)), 0, 2))
        .hasMessage(DAMAGED + "a part of a storage lies outside it");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 32})
  void refusesLengthsThatNoFileHas(long count) {
    byte[] pickle =
        pickle(
            dictionary(
                text("w"),
                tensor(storage("FloatStorage", "0", count), 0, integers(1), integers(1))));

    refuses(Zips.torch(pickle, floats(1)))
        .hasMessage(DAMAGED + "a storage would have %d elements", count);
  }

  /** Six elements, of which a tensor sees some through a part. */
  private static byte[] withPart(String part, long offset, long size) {
    String storage = storage("FloatStorage", "0", 6, part);
    byte[] object =
        pickle(dictionary(text("w"), tensor(storage, offset, integers(size), integers(1))));
    return legacy(object, list(text("0")), counted(6));
  }
}

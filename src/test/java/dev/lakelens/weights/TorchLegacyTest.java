package dev.lakelens.weights;

import static dev.lakelens.weights.Pickles.counted;
import static dev.lakelens.weights.Pickles.dictionary;
import static dev.lakelens.weights.Pickles.global;
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

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class TorchLegacyTest {
  private static final String DAMAGED = "w is not a PyTorch file that can be read: ";
  private static final String MAGIC = "\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019";
  private static final byte[] OBJECT = weights(4, 0, integers(4), integers(1));
  private static final String LITTLE = dictionary(text("little_endian"), "\u0088");

  @Test
  void refusesWhatItCannotFind() {
    refuses(legacy(OBJECT, list(), counted(4)))
        .hasMessage(DAMAGED + "it has tensors without a storage");
    refuses(legacy(OBJECT, list(text("1")), counted(4)))
        .hasMessage(DAMAGED + "it has a storage that no tensor is in");
    refuses(legacy(OBJECT, list(text("0")), counted(3)))
        .hasMessage(DAMAGED + "its storage 0 is missing or has another length than 4");
    refuses(legacy(OBJECT, list(text("0")), counted(4), new byte[2]))
        .hasMessage(DAMAGED + "2 bytes follow its last storage");
    refuses(legacy(OBJECT, list(text("0"), text("0")), counted(4), counted(4)))
        .hasMessage(DAMAGED + "it has two storages 0");
  }

  @Test
  void refusesOtherVersionsAndMachines() {
    refuses(file(MAGIC, integer(1000), LITTLE)).hasMessage(DAMAGED + "its version is not 1001");
    for (String machine :
        List.of(dictionary(text("little_endian"), "\u0089"), dictionary(), integer(1))) {
      refuses(file(MAGIC, integer(1001), machine))
          .hasMessage(DAMAGED + "it does not come from a little-endian machine; save it on one");
    }
  }

  /** From protocol 4 on, a pickle begins with a frame. */
  @Test
  void isKnownByItsMagicNumberBehindAFrame() {
    byte[] file = file("\u0095\r\0\0\0\0\0\0\0" + MAGIC, integer(1001), LITTLE);
    file[1] = 4;

    assertThat(WeightFormat.of(buffer(file), "w")).isEqualTo(WeightFormat.TORCH_LEGACY);
    assertTensor(TorchFile.read(buffer(file), "w"), "w", List.of(4), 0, 1, 2, 3);
  }

  @Test
  void refusesAWholeModule() {
    byte[] module =
        pickle(tuple(text("module"), global("models Net"), text("net.py"), text("")), "Q)\u0081");

    refuses(legacy(module, list()))
        .hasMessageStartingWith("w holds an object of the class models.Net, ");
  }

  @Test
  void refusesUnknownNamesThatAreNotCalled() {
    String tensor = tensor(storage("FloatStorage", "0", 4), 0, integers(4), integers(1));
    byte[] object = pickle(dictionary(text("w"), tensor, text("f"), global("os system")));

    refuses(legacy(object, list(text("0")), counted(4)))
        .hasMessageStartingWith("w names os.system, which no weight file needs");
  }

  private static byte[] file(String magic, String version, String machine) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(pickle(magic));
    file.writeBytes(pickle(version));
    file.writeBytes(pickle(machine));
    file.writeBytes(OBJECT);
    file.writeBytes(pickle(list(text("0"))));
    file.writeBytes(counted(4));
    return file.toByteArray();
  }
}

package dev.lakelens.weights;

import static dev.lakelens.weights.Pickles.floats;
import static dev.lakelens.weights.Pickles.integers;
import static dev.lakelens.weights.Pickles.weights;
import static dev.lakelens.weights.TorchFileTest.buffer;
import static dev.lakelens.weights.TorchFileTest.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchZipTest {
  private static final byte[] PICKLE = weights(2, 0, integers(2), integers(1));

  @ParameterizedTest
  @ValueSource(strings = {"little", "big"})
  void readsLittleEndianFilesOnly(String order) {
    byte[] file = zip().add("w/byteorder", order.getBytes(StandardCharsets.US_ASCII)).bytes();

    if (order.equals("little")) {
      assertThat(TorchFile.read(buffer(file), "w").tensors()).containsOnlyKeys("w");
    } else {
      refuses(file)
          .hasMessage(
              "w has the byte order big, and only little is read; save it on another machine");
    }
  }

  @Test
  void refusesTorchScript() {
    refuses(zip().add("w/constants.pkl", new byte[1]).bytes())
        .hasMessageStartingWith("w is a TorchScript program; save its state_dict with ");
  }

  @Test
  void refusesTwoPickles() {
    refuses(zip().add("v/data.pkl", PICKLE).bytes())
        .hasMessage("w is not a PyTorch file that can be read: it has 2 entries FOLDER/data.pkl");
  }

  @Test
  void takesNoPickleInADeeperFolder() {
    byte[] file = zip().add("w/data/data.pkl", PICKLE).bytes();

    assertThat(TorchFile.read(buffer(file), "w").tensors()).containsOnlyKeys("w");
  }

  private static Zips zip() {
    return new Zips().add("w/data.pkl", PICKLE).add("w/data/0", floats(2));
  }
}

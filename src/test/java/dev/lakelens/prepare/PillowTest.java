package dev.lakelens.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.decode.Pixels;
import dev.lakelens.decode.Pixels.ChannelOrder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PillowTest {
  static List<PillowFixture> fixtures() throws IOException {
    return PillowFixture.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fixtures")
  void cropsAsPillowAndNormalisesAsTorch(PillowFixture fixture) {
    Pixels pixels = fixture.content().pixels(fixture.width(), fixture.height(), ChannelOrder.RGB);
    int size = fixture.preprocessing().inputSize();
    Preparer unnormalising = new Preparer(Crops.unnormalised(fixture.preprocessing()));
    byte[] crop = Crops.crop(unnormalising, pixels, size);
    assertThat(sha256(ByteBuffer.wrap(crop))).isEqualTo(fixture.crop());

    Tensor tensor = new Tensor(1, size);
    new Preparer(fixture.preprocessing()).prepare(pixels, tensor, 0);
    assertThat(sha256(littleEndian(tensor.floats()))).isEqualTo(fixture.tensor());
  }

  private static ByteBuffer littleEndian(FloatBuffer floats) {
    ByteBuffer bytes =
        ByteBuffer.allocate(floats.remaining() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(floats);
    return bytes;
  }

  private static String sha256(ByteBuffer bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}

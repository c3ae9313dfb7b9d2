package dev.lakelens.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  private static final String REFUSED = "w is not a safetensors file that can be read: ";

  @Test
  void readsWhatTheReferenceImplementationWrites() throws IOException {
    Map<String, Tensor> tensors = Safetensors.read(ByteBuffer.wrap(two()), "w").tensors();

    assertThat(tensors).containsOnlyKeys("a", "b");
    assertThat(tensors.get("a").shape()).isEqualTo(List.of(2, 3));
    assertThat(floats(tensors.get("a"))).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(floats(tensors.get("b"))).containsExactly(-1.5f);
  }

  /** The tensors lie next to each other without alignment. */
  @Test
  void widensFloatsAndNamesTheOthers() {
    ByteBuffer file =
        file(
            ("{'bool':{'dtype':'BOOL','shape':[1],'data_offsets':[0,1]},"
                    + "'half':{'dtype':'F16','shape':[2],'data_offsets':[1,5]},"
                    + "'bfloat':{'dtype':'BF16','shape':[1,1],'data_offsets':[5,7]},"
                    + "'double':{'dtype':'F64','shape':[2],'data_offsets':[7,23]}}")
                .replace('\'', '"'),
            23);
    int data = file.limit() - 23;
    file.putShort(data + 1, (short) 0x3C01).putShort(data + 3, (short) 0x8001);
    file.putShort(data + 5, (short) 0xC040).putDouble(data + 7, 0.1).putDouble(data + 15, -2);

    WeightFile weights = Safetensors.read(file, "w");

    assertThat(weights.others()).containsExactly("bool");
    assertThat(weights.tensors()).containsOnlyKeys("half", "bfloat", "double");
    assertThat(floats(weights.tensors().get("half"))).containsExactly(1 + 0x1p-10f, -0x1p-24f);
    assertThat(floats(weights.tensors().get("bfloat"))).containsExactly(-3);
    assertThat(floats(weights.tensors().get("double"))).containsExactly(0.1f, -2);
  }

  /** The sizes are those of the format's description. */
  @ParameterizedTest
  @CsvSource({
    "BOOL, 1",
    "U8, 1",
    "I8, 1",
    "F8_E5M2, 1",
    "F8_E4M3, 1",
    "F8_E8M0, 1",
    "I16, 2",
    "U16, 2",
    "I32, 4",
    "U32, 4",
    "I64, 8",
    "U64, 8",
    "C64, 8"
  })
  void namesWhatIsNoFloat(String type, int size) {
    String header =
        "{\"a\":{\"dtype\":\"%s\",\"shape\":[3],\"data_offsets\":[0,%d]}}"
            .formatted(type, 3 * size);

    assertThat(Safetensors.read(file(header, 3 * size), "w").others()).containsExactly("a");
  }

  /** A tensor without elements may stand before or behind the one that begins where it does. */
  @Test
  void readsHeadersInAnyOrder() {
    String header =
        "{'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]},"
            + "'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
            + "'c':{'dtype':'F32','shape':[0],'data_offsets':[4,4]},"
            + "'d':{'dtype':'F32','shape':[0,9],'data_offsets':[0,0]}}";
    ByteBuffer file = file(header.replace('\'', '"'), 8);
    file.putFloat(file.limit() - 8, 1).putFloat(file.limit() - 4, 2);

    Map<String, Tensor> tensors = Safetensors.read(file, "w").tensors();

    assertThat(floats(tensors.get("a"))).containsExactly(1);
    assertThat(floats(tensors.get("b"))).containsExactly(2);
    assertThat(floats(tensors.get("c"))).isEmpty();
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|0|its header is not a JSON object",
        "{'a':{'dtype':'F33','shape':[1],'data_offsets':[0,4]}}|4|a has the dtype F33",
        "{'a':{'dtype':'F16','shape':[1],'data_offsets':[0,4]}}|4|"
            + "a has the shape [1] and the data_offsets [0, 4]",
        "{'a':{'dtype':'F32','data_offsets':[0,4]}}|4|a has no shape",
        "{'a':{'dtype':'F32','shape':[1]}}|4|a has no data_offsets",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4.5]}}|4|a has no data_offsets",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}}|4|a has no data_offsets",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}|4|a has the shape [-1]",
        "{'a':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}}|4|a has the shape [1.5]",
        "{'a':{'dtype':'F32','shape':[4294967297],'data_offsets':[0,4]}}|4|"
            + "a has the shape [4294967297]",
        "{'a':{'dtype':'F16','shape':[536870912],'data_offsets':[0,1073741824]}}|0|"
            + "a [536870912] would have 2 GiB or more as 32-bit floats",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}|4|"
            + "a has the shape [2] and the data_offsets [0, 4]",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[8,4]}}|8|"
            + "a has the shape [1] and the data_offsets [8, 4]",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}}|4|"
            + "a has the shape [1] and the data_offsets [-4, 0]",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,99999999999999999999]}}|4|"
            + "a lies at [0,99999999999999999999], outside the file",
        "{'a':{'dtype':'F32','shape':[2147483647,2147483647,2147483647],'data_offsets':[0,4]}}|4|"
            + "a has the impossible shape [2147483647, 2147483647, 2147483647]",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|8|"
            + "a begins at byte 4 of the data, and the tensor before it ends at 0",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
            + "'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|8|"
            + "b begins at byte 4 of the data, and the tensor before it ends at 8",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}|4|"
            + "its tensors end at byte 8 of 4 bytes of data",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|8|"
            + "its tensors end at byte 4 of 8 bytes of data"
      })
  void refusesHeadersThatLie(String header, int dataLength, String fault) {
    assertThatThrownBy(() -> Safetensors.read(file(header.replace('\'', '"'), dataLength), "w"))
        .isInstanceOf(ModelException.class)
        .hasMessage(REFUSED + fault);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"", "{} {}", "{\"a\":1,\"a\":1}", "\u0000\u0000"})
  void refusesHeadersThatAreNotJson(String header) {
    assertThatThrownBy(() -> Safetensors.read(file(header, 0), "w"))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(REFUSED + "its header is not JSON: ");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(longs = {-1, 0, 1, 9, (4 << 20) + 1, Long.MIN_VALUE, Long.MAX_VALUE})
  void refusesHeaderLengthsThatTheFileCannotHave(long length) {
    ByteBuffer file = file("{      }", 0).putLong(0, length);

    assertThatThrownBy(() -> Safetensors.read(file, "w"))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "%sits header would have %s bytes, and 8 bytes follow",
            REFUSED, Long.toUnsignedString(length));
  }

  @Test
  void refusesHeadersThatNoNetworkNeeds() {
    String largest = " ".repeat((4 << 20) - 2) + "{}";

    assertThat(Safetensors.read(file(largest, 0), "w").tensors()).isEmpty();
    assertThatThrownBy(() -> Safetensors.read(file(" " + largest, 0), "w"))
        .isInstanceOf(ModelException.class)
        .hasMessage("%sits header would have 4194305 bytes, and 4194305 bytes follow", REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "[", "{\"a\":[{\"dtype\":"})
  void refusesHeadersThatAreTooDeep(String level) {
    assertThatThrownBy(() -> Safetensors.read(file(level.repeat(1 << 18), 0), "w"))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(REFUSED + "its header is not JSON: it is nested over 1000 deep");
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    byte[] two = two();
    for (int length = 0; length < two.length; length++) {
      ByteBuffer truncated = ByteBuffer.wrap(two, 0, length);
      assertThatThrownBy(() -> Safetensors.read(truncated, "w"))
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith(REFUSED);
    }
  }

  private static byte[] two() throws IOException {
    try (InputStream in = SafetensorsTest.class.getResourceAsStream("/weights/two.safetensors")) {
      return in.readAllBytes();
    }
  }

  private static ByteBuffer file(String header, int dataLength) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(Long.BYTES + json.length + dataLength);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    return file.rewind();
  }

  private static float[] floats(Tensor tensor) {
    float[] floats = new float[tensor.floats().remaining()];
    tensor.floats().get(floats);
    return floats;
  }
}

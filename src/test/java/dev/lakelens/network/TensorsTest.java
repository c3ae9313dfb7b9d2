package dev.lakelens.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TensorsTest {
  private static final Tensor A = tensor(List.of(2, 3), 0, 1, 2, 3, 4, 5);
  private static final Tensor B = tensor(List.of(1), -1.5f);

  /** Computed by Python's hashlib of {@code a F32 2,3\n}, six floats, {@code b F32 1\n}, one. */
  @Test
  void digestsNamesShapesAndDataInOrderOfNames() {
    assertThat(new Tensors(Map.of("b", B, "a", A)).digest())
        .isEqualTo("9a44a831704679a9c352cef06f1c69712936248834fbb53bf5a35ed31561331d");
  }

  @Test
  void hasAnotherDigestWithAnotherNameShapeOrNumber() {
    String digest = new Tensors(Map.of("a", A)).digest();

    assertThat(new Tensors(Map.of("c", A)).digest()).isNotEqualTo(digest);
    assertThat(new Tensors(Map.of("a", new Tensor(List.of(3, 2), A.data()))).digest())
        .isNotEqualTo(digest);
    assertThat(new Tensors(Map.of("a", tensor(List.of(2, 3), 0, 1, 2, 3, 4, 6))).digest())
        .isNotEqualTo(digest);
  }

  @Test
  void hasAsManyClassesAsTheClassifierHasRows() {
    assertThat(new Tensors(Map.of("a", A)).classes()).isZero();
    assertThat(new Tensors(Map.of("classifier.weight", A)).classes()).isEqualTo(2);
  }

  @Test
  void hasNoClassesWhereTheClassifierIsANumber() {
    assertThat(new Tensors(Map.of("classifier.weight", Tensor.scalar(1))).classes()).isZero();
  }

  @Test
  void namesFaultsAsItIsTold() {
    Map<String, Tensor> tensors =
        new HashMap<>(SyntheticWeights.of(Architecture.of(Variant.LITE0), 0).byName());
    tensors.remove("bn1.bias");
    tensors.put("bn2.bias", B);
    tensors.put("b", B);

    assertThat(new Tensors(tensors).faults(Architecture.of(Variant.LITE0), name -> "my/" + name))
        .containsExactly(
            "my/bn1.bias is missing", "my/bn2.bias has shape [1], not [1280]", "my/b is unknown");
  }

  @Test
  void takesDataFromPositionToLimit() {
    ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putFloat(4, 5);
    Tensor tensor = new Tensor(List.of(1), data.position(4).limit(8));
    tensor.data().get();
    data.position(0);

    assertThat(tensor.data().remaining()).isEqualTo(4);
    assertThat(tensor.floats().get(0)).isEqualTo(5);
  }

  @Test
  void isFiniteWhereEveryElementIs() {
    assertThat(A.isFinite()).isTrue();
    assertThat(Tensor.vector(0, Float.NaN).isFinite()).isFalse();
    assertThat(Tensor.vector(Float.NEGATIVE_INFINITY, 0).isFinite()).isFalse();
  }

  @Test
  void overflowsAloud() {
    assertThatThrownBy(() -> Tensor.elements(List.of(1 << 30, 1 << 30, 1 << 30)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Tensor.zeros(List.of(1 << 30)))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void refusesDataThatDoNotFillTheShape() {
    assertThatThrownBy(() -> new Tensor(List.of(2, 2), ByteBuffer.allocate(17)))
        .hasMessage("A tensor [2, 2] has 17 bytes");
    assertThatThrownBy(() -> new Tensor(List.of(2, 2), ByteBuffer.allocate(15)))
        .hasMessage("A tensor [2, 2] has 15 bytes");
  }

  /** Their products are 4 and, in 64 bits, 0. */
  @Test
  void refusesShapesThatNoDataFill() {
    List<Integer> negative = List.of(-1, -1);
    List<Integer> huge = List.of(1 << 30, 1 << 30, 4);

    assertThatThrownBy(() -> new Tensor(negative, ByteBuffer.allocate(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A tensor cannot have the shape [-1, -1]");
    assertThatThrownBy(() -> new Tensor(huge, ByteBuffer.allocate(0)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Tensor.zeros(huge)).isInstanceOf(ArithmeticException.class);
  }

  private static Tensor tensor(List<Integer> shape, float... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      data.putFloat(value);
    }
    return new Tensor(shape, data.flip());
  }
}

package dev.lakelens.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorTest {
  @Test
  void isDirectMemoryInNativeOrder() {
    FloatBuffer floats = new Tensor(2, 5).floats();
    assertThat(floats.isDirect()).isTrue();
    assertThat(floats.order()).isEqualTo(ByteOrder.nativeOrder());
  }

  @Test
  void holdsThreePlanesAnImage() {
    Tensor tensor = new Tensor(2, 5);
    assertThat(tensor.shape()).containsExactly(2, 3, 5, 5);
    assertThat(tensor.floats().remaining()).isEqualTo(2 * 3 * 5 * 5);
  }

  @Test
  void handsOutViewsOfTheSameMemory() {
    Tensor tensor = new Tensor(1, 1);
    tensor.floats().put(2.5f);
    assertThat(tensor.floats().position()).isZero();
    assertThat(tensor.floats().get()).isEqualTo(2.5f);
  }

  @ParameterizedTest
  @CsvSource({"0, 224", "1, 0", "-1, 224"})
  void rejectsEmptyShapes(int batch, int size) {
    assertThatThrownBy(() -> new Tensor(batch, size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("No such tensor");
  }

  @Test
  void rejectsMoreThanOneBufferHolds() {
    assertThatThrownBy(() -> new Tensor(4000, 224))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A batch of 4000 images of 224 x 224 pixels exceeds 2 GB");
  }
}

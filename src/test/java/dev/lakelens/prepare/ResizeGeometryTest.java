package dev.lakelens.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeGeometryTest {
  /** Expected values are Python's {@code int(target * long / short)} and {@code round}. */
  @ParameterizedTest(name = "{0}: {1} x {2} to {4} and {3}")
  @CsvSource({
    "half to the even 58,      500, 375, 224, 256, SHORTER_SIDE, 341, 256, 58, 16",
    "half to the even 60,      343, 256, 224, 256, SHORTER_SIDE, 343, 256, 60, 16",
    "tall,                     375, 500, 224, 256, SHORTER_SIDE, 256, 341, 16, 58",
    "odd target,               255, 300, 224, 255, SHORTER_SIDE, 255, 300, 16, 38",
    "another input size,       640, 480, 260, 298, SHORTER_SIDE, 397, 298, 68, 19",
    "wide,                     2000, 100, 224, 256, SHORTER_SIDE, 5120, 256, 2448, 16",
    "one pixel,                1, 1, 224, 256, SHORTER_SIDE, 256, 256, 16, 16",
    "a line,                   60000, 1, 224, 256, SHORTER_SIDE, 15360000, 256, 7679888, 16",
    "a line beyond an int,     1, 89478485, 224, 256, SHORTER_SIDE, 256, 22906492160, 16, 11453245968",
    "squash,                   60000, 1, 224, 256, SQUASH, 256, 256, 16, 16",
    "squash without a crop,    31, 700, 97, 97, SQUASH, 97, 97, 0, 0",
  })
  void isThatOfTorchvision(
      String name,
      int width,
      int height,
      int inputSize,
      int target,
      Resize resize,
      long resizedWidth,
      long resizedHeight,
      long left,
      long top) {
    List<Double> ones = List.of(1.0, 1.0, 1.0);
    Preprocessing preprocessing =
        new Preprocessing(inputSize, resize, target, Interpolation.BICUBIC, Range.UNIT, ones, ones);
    assertThat(ResizeGeometry.of(preprocessing, width, height))
        .isEqualTo(new ResizeGeometry(resizedWidth, resizedHeight, left, top, inputSize));
  }
}

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
    "half to the even 58,      500, 375, 224, 256, SHORTER_SIDE, 341, 256, 58, 16, false",
    "half to the even 60,      343, 256, 224, 256, SHORTER_SIDE, 343, 256, 60, 16, false",
    "tall,                     375, 500, 224, 256, SHORTER_SIDE, 256, 341, 16, 58, false",
    "taller than two to one,   290, 701, 130, 140, SHORTER_SIDE, 140, 338, 5, 104, true",
    "odd target,               255, 300, 224, 255, SHORTER_SIDE, 255, 300, 16, 38, false",
    "another input size,       640, 480, 260, 298, SHORTER_SIDE, 397, 298, 68, 19, false",
    "wide,                     2000, 100, 224, 256, SHORTER_SIDE, 5120, 256, 2448, 16, false",
    "one pixel,                1, 1, 224, 256, SHORTER_SIDE, 256, 256, 16, 16, false",
    "a line,          60000, 1, 224, 256, SHORTER_SIDE, 15360000, 256, 7679888, 16, false",
    "a longer line,   1, 89478485, 8, 256, SHORTER_SIDE, 256, 22906492160, 124, 11453246076, false",
    "a product of integers,    165, 110, 224, 224, SHORTER_SIDE, 336, 224, 56, 0, false",
    "squash,                   60000, 1, 224, 256, SQUASH, 256, 256, 16, 16, false",
    "squash without a crop,    31, 700, 97, 97, SQUASH, 97, 97, 0, 0, true",
    "480 rows lost of 480,     300, 540, 60, 60, SQUASH, 60, 60, 0, 0, false",
    "481 rows lost of 480,     300, 541, 60, 60, SQUASH, 60, 60, 0, 0, true",
    "rows and columns gained,  20, 50, 97, 97, SQUASH, 97, 97, 0, 0, false",
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
      long top,
      boolean verticalFirst) {
    List<Double> ones = List.of(1.0, 1.0, 1.0);
    Preprocessing preprocessing =
        new Preprocessing(inputSize, resize, target, Interpolation.BICUBIC, Range.UNIT, ones, ones);
    assertThat(ResizeGeometry.of(preprocessing, width, height))
        .isEqualTo(
            new ResizeGeometry(resizedWidth, resizedHeight, left, top, inputSize, verticalFirst));
  }
}

package dev.lakelens.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.decode.Pixels;
import dev.lakelens.decode.Pixels.ChannelOrder;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreparerTest {
  private static final Preprocessing LITE0 = preprocessing(224, 256, Resize.SHORTER_SIDE);

  /** Contents, sizes and preprocessings at random; one preparer sees images of all sizes. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void equalsPlainLoops(int seed) {
    Random random = new Random(seed);
    int size = 1 + random.nextInt(130);
    Preprocessing preprocessing =
        new Preprocessing(
            size,
            pick(random, Resize.values()),
            size + random.nextInt(20),
            pick(random, Interpolation.values()),
            Range.BYTE,
            List.of(0.0, 0.0, 0.0),
            List.of(1.0, 1.0, 1.0));
    Preparer preparer = new Preparer(preprocessing);
    for (int i = 0; i < 25; i++) {
      Pixels pixels = randomPixels(random);
      byte[] expected = NaiveResize.crop(pixels, preprocessing);
      assertThat(Crops.crop(preparer, pixels, size))
          .as("%d x %d, %s", pixels.width(), pixels.height(), preprocessing)
          .isEqualTo(expected);
    }
  }

  /** Windows longer than the ring, which are summed in pieces: of columns, and of rows. */
  @ParameterizedTest
  @CsvSource({"3000, 40", "1600, 3000"})
  void equalsPlainLoopsWhereWindowsAreLong(int width, int height) {
    Preprocessing preprocessing = Crops.unnormalised(preprocessing(2, 2, Resize.SQUASH));
    byte[] ramp = new byte[3 * width * height];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (byte) (255 * (i / 3 % width + i / 3 / width) / (width + height));
    }
    Pixels pixels = new Pixels(width, height, ChannelOrder.RGB, ramp);

    assertThat(Crops.crop(new Preparer(preprocessing), pixels, 2))
        .isEqualTo(NaiveResize.crop(pixels, preprocessing));
  }

  /** Whole bands of rows, and no byte behind the last pixel. */
  @ParameterizedTest
  @CsvSource({"40, 40", "65, 48", "40, 400", "9, 112"})
  void readsNothingBehindTheLastPixel(int width, int height) {
    Preprocessing preprocessing = Crops.unnormalised(preprocessing(40, 40, Resize.SQUASH));
    Pixels pixels = GeneratedImage.NOISE.pixels(width, height, ChannelOrder.RGB);

    assertThat(Crops.crop(new Preparer(preprocessing), pixels, 40))
        .isEqualTo(NaiveResize.crop(pixels, preprocessing));
  }

  @ParameterizedTest
  @EnumSource
  void takesBothChannelOrders(GeneratedImage content) {
    Tensor rgb = prepare(content.pixels(90, 70, ChannelOrder.RGB));
    Tensor bgr = prepare(content.pixels(90, 70, ChannelOrder.BGR));
    assertThat(bgr.floats()).isEqualTo(rgb.floats());
  }

  @Test
  void ignoresBytesAfterTheImage() {
    Pixels exact = GeneratedImage.NOISE.pixels(41, 33, ChannelOrder.RGB);
    byte[] longer = Arrays.copyOf(exact.data(), exact.data().length + 1000);
    Arrays.fill(longer, exact.data().length, longer.length, (byte) 77);
    Pixels within = new Pixels(41, 33, ChannelOrder.RGB, longer);
    assertThat(prepare(within).floats()).isEqualTo(prepare(exact).floats());
  }

  @Test
  void writesOnlyTheImageAtTheIndex() {
    Tensor batch = new Tensor(3, 224);
    Pixels pixels = GeneratedImage.BLOCKS.pixels(300, 280, ChannelOrder.RGB);
    new Preparer(LITE0).prepare(pixels, batch, 1);

    int length = batch.imageLength();
    FloatBuffer floats = batch.floats();
    assertThat(floats.slice(length, length)).isEqualTo(prepare(pixels).floats());
    FloatBuffer zeros = FloatBuffer.allocate(length);
    assertThat(floats.slice(0, length)).isEqualTo(zeros);
    assertThat(floats.slice(2 * length, length)).isEqualTo(zeros);
  }

  @Test
  void keepsAColourOfOnePixel() {
    byte[] colour = {(byte) 200, 30, 90};
    Tensor tensor = prepare(new Pixels(1, 1, ChannelOrder.RGB, colour));
    for (int c = 0; c < 3; c++) {
      float[] plane = new float[224 * 224];
      tensor.floats().get(c * plane.length, plane);
      assertThat(plane).containsOnly(((colour[c] & 0xff) / 255f - 0.5f) / 0.5f);
    }
  }

  @Test
  void rejectsATensorOfAnotherSize() {
    Pixels pixels = GeneratedImage.NOISE.pixels(9, 9, ChannelOrder.RGB);
    assertThatThrownBy(() -> new Preparer(LITE0).prepare(pixels, new Tensor(1, 240), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The tensor is for 240 pixels, the preprocessing for 224");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2})
  void rejectsAnIndexOutsideTheBatch(int index) {
    Pixels pixels = GeneratedImage.NOISE.pixels(9, 9, ChannelOrder.RGB);
    assertThatThrownBy(() -> new Preparer(LITE0).prepare(pixels, new Tensor(2, 224), index))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No image " + index + " in a batch of 2");
  }

  private static Tensor prepare(Pixels pixels) {
    Tensor tensor = new Tensor(1, LITE0.inputSize());
    new Preparer(LITE0).prepare(pixels, tensor, 0);
    return tensor;
  }

  private static Pixels randomPixels(Random random) {
    int width = randomSide(random);
    int height = randomSide(random);
    ChannelOrder order = pick(random, ChannelOrder.values());
    return pick(random, GeneratedImage.values()).pixels(width, height, order);
  }

  /** From 1 to 600, as often below 25 as above. */
  private static int randomSide(Random random) {
    return (int) Math.pow(600, random.nextDouble());
  }

  private static <T> T pick(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static Preprocessing preprocessing(int size, int target, Resize resize) {
    List<Double> half = List.of(0.5, 0.5, 0.5);
    return new Preprocessing(size, resize, target, Interpolation.BICUBIC, Range.UNIT, half, half);
  }
}

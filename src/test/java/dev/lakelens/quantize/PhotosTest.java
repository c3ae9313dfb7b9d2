package dev.lakelens.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.image.SetupException;
import dev.lakelens.prepare.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotosTest {
  @TempDir private Path directory;

  @Test
  void areAllFilesBelowADirectoryByName() throws IOException {
    Files.createDirectories(directory.resolve("inner"));
    for (String name : List.of("b.jpg", "a.png", "inner/c.txt")) {
      Files.writeString(directory.resolve(name), "");
    }

    assertThat(Photos.below(directory).files().stream().map(directory::relativize))
        .extracting(Path::toString)
        .containsExactly("a.png", "b.jpg", "inner/c.txt");
  }

  @Test
  void areAtLeastOne() {
    assertThatThrownBy(() -> Photos.below(directory))
        .isInstanceOf(SetupException.class)
        .hasMessage("The directory %s has no files. Give one with photos.", directory);
    assertThatThrownBy(() -> Photos.below(directory.resolve("none")))
        .isInstanceOf(SetupException.class)
        .hasMessage(
            "%s cannot be listed: there is no such file. Give a directory of photos.",
            directory.resolve("none"));
  }

  @Test
  void areHeldOutOrNot() {
    Photos photos = photos(12);

    assertThat(photos.every(5).files()).containsExactly(path(4), path(9));
    assertThat(photos.withoutEvery(5).size()).isEqualTo(10);
    assertThat(photos.withoutEvery(5).files()).doesNotContainAnyElementsOf(photos.every(5).files());
  }

  @Test
  void areSpreadWhereFewerAreWanted() {
    assertThat(photos(10).spread(4).files()).containsExactly(path(0), path(2), path(5), path(7));
    assertThat(photos(3).spread(50).size()).isEqualTo(3);
  }

  @Test
  void areOneBatchInOrder() throws IOException {
    Photos photos = Networks.photos(directory, 3);
    List<float[]> single = new ArrayList<>();
    photos.forEach(
        Networks.preprocessing(0.5, 0.5),
        (file, tensor) -> single.add(floats(tensor, 0)),
        () -> {});

    Tensor batch = photos.batch(Networks.preprocessing(0.5, 0.5));
    assertThat(batch.batch()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      assertThat(floats(batch, i)).containsExactly(single.get(i));
    }
  }

  private static float[] floats(Tensor tensor, int image) {
    FloatBuffer floats = tensor.floats();
    float[] copy = new float[tensor.imageLength()];
    floats.get(image * tensor.imageLength(), copy);
    return copy;
  }

  private static Photos photos(int count) {
    return new Photos(IntStream.range(0, count).mapToObj(PhotosTest::path).toList());
  }

  private static Path path(int i) {
    return Path.of("%03d.jpg".formatted(i));
  }
}

package dev.lakelens.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.image.ImageFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileImagesTest {
  private static final long MAX_BYTES = 100L << 20;

  @TempDir private Path lake;

  @Test
  void readsFilesInTheirOrderWhereverTheyAre() throws IOException {
    SlowFileSystem.answerTo(0);
    List<ImageFile> files = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      files.add(file(i % 3 == 0 ? "file" : "slow", i, i + 1, isChanged(i) ? 200 : i + 1));
    }
    List<ReadImage> images = read(files);
    assertThat(images).extracting(ReadImage::file).isEqualTo(files);
    for (int i = 0; i < 100; i++) {
      if (isChanged(i)) {
        assertThat(images.get(i)).isInstanceOf(ReadImage.Unreadable.class);
      } else {
        assertThat(((ReadImage.Encoded) images.get(i)).bytes()).hasSize(i + 1).containsOnly(i);
      }
    }
  }

  @Test
  void asksASlowStorageForSoManyAtOnce() throws IOException {
    SlowFileSystem.answerTo(FileImages.AHEAD);
    assertThat(read(files("slow", 40))).hasSize(40);
    assertThat(SlowFileSystem.OPENED).hasValue(40);
  }

  @Test
  void readsNoMoreBytesAheadThanItSays() throws IOException {
    SlowFileSystem.answerTo(0);
    int half = (int) (FileImages.AHEAD_BYTES / 2);
    List<ImageFile> files = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      files.add(file("slow", i, half + 1, half + 1));
    }
    try (FileImages images = images(files)) {
      for (int read = 1; read <= 4; read++) {
        assertThat(((ReadImage.Encoded) images.next()).bytes()).hasSize(half + 1);
        assertThat(SlowFileSystem.OPENED.get()).isLessThanOrEqualTo(read + 1);
      }
    }
  }

  @Test
  void readsTheMachinesOwnFilesWhenTheyAreAskedFor() throws IOException {
    List<ImageFile> files = files("file", 20);
    try (FileImages images = images(files)) {
      images.next();
      Files.delete(lake.resolve("1"));
      assertThat(images.next()).isInstanceOf(ReadImage.Unreadable.class);
    }
  }

  @Test
  void endsWhatIsBeingReadWhenItIsClosed() throws Exception {
    SlowFileSystem.answerTo(FileImages.AHEAD + 1);
    try (FileImages images = images(files("slow", FileImages.AHEAD))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(images::next)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("The task was killed while it read slow:" + lake.resolve("0"));
      assertThat(Thread.interrupted()).isTrue();
    }
    SlowFileSystem.awaitInterrupted(FileImages.AHEAD);
  }

  @Test
  void hasNoMoreThanTheFiles() throws IOException {
    try (FileImages images = images(files("file", 1))) {
      images.next();
      assertThat(images.hasNext()).isFalse();
      assertThatThrownBy(images::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  private List<ReadImage> read(List<ImageFile> files) {
    try (FileImages images = images(files)) {
      List<ReadImage> read = new ArrayList<>();
      images.forEachRemaining(read::add);
      return read;
    }
  }

  private static FileImages images(List<ImageFile> files) {
    Configuration configuration = new Configuration(false);
    configuration.setClass("fs.slow.impl", SlowFileSystem.class, SlowFileSystem.class);
    return new FileImages(files.iterator(), configuration, MAX_BYTES);
  }

  private List<ImageFile> files(String scheme, int count) throws IOException {
    List<ImageFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(file(scheme, i, i + 1, i + 1));
    }
    return files;
  }

  private static boolean isChanged(int number) {
    return number % 7 == 0;
  }

  /** A file full of its number. */
  private ImageFile file(String scheme, int number, int length, int listed) throws IOException {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) number);
    Path path = Files.write(lake.resolve("" + number), bytes);
    return new ImageFile(scheme + ":" + path, listed, 0, "");
  }
}

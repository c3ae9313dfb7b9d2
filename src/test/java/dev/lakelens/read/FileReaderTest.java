package dev.lakelens.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakelens.image.ImageFile;
import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import dev.lakelens.image.Rejection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileReaderTest {
  private static final byte[] BYTES = {1, 2, 3, 4, 5, 6, 7, 8};

  @TempDir private Path lake;
  private Path path;

  @BeforeEach
  void write() throws IOException {
    path = Files.write(lake.resolve("a.jpg"), BYTES);
  }

  @Test
  void readsTheWholeFile() throws Exception {
    assertThat(read(BYTES.length, 8)).isEqualTo(BYTES);
  }

  @Test
  void readsAFileWhoseHadoopChecksumIsWrong() throws Exception {
    Files.write(lake.resolve(".a.jpg.crc"), new byte[] {'c', 'r', 'c', 0, 0, 0, 2, 0, 9, 9, 9, 9});

    assertThat(read(BYTES.length, 8)).isEqualTo(BYTES);
  }

  @Test
  void rejectsALargerFileUnread() throws IOException {
    Files.delete(path);

    assertThat(reason(8, 7)).isEqualTo(Reason.TOO_MANY_BYTES);
  }

  @Test
  void rejectsAFileThatIsGone() throws IOException {
    Files.delete(path);

    assertThat(reason(8, 8)).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void rejectsAFileThatBecameShorter() {
    assertThat(reason(9, 100)).isEqualTo(Reason.CHANGED);
  }

  @Test
  void rejectsAFileThatBecameLonger() {
    assertThat(reason(7, 100)).isEqualTo(Reason.CHANGED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "denied | 1 | Cannot be read: the job has no right to it",
        "s3-403 | 1 | Cannot be read: the job has no right to it",
        "reset  | 3 | Cannot be read in 3 attempts: connection reset",
        "silent | 3 | Cannot be read in 3 attempts: no answer came in time",
        "block  | 3 | Cannot be read in 3 attempts: could not obtain block: blk_1",
        "bug    | 3 | Cannot be read in 3 attempts: no reason is given"
      })
  void saysInASentenceWhatFailed(String name, int attempts, String sentence) {
    FaultyFileSystem.OPENED.set(0);

    assertThat(rejection("faulty:/" + name, 8, 8))
        .isEqualTo(new Rejection(Reason.READ_FAILED, sentence));
    assertThat(FaultyFileSystem.OPENED).hasValue(attempts);
  }

  @Test
  void endsWithItsTask() {
    assertThatThrownBy(() -> read("faulty:/killed", 8, 8))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage("killed");
  }

  private Reason reason(long listedLength, long maxBytes) {
    return rejection("file:" + path, listedLength, maxBytes).reason();
  }

  private static Rejection rejection(String path, long listedLength, long maxBytes) {
    return catchThrowableOfType(RejectedException.class, () -> read(path, listedLength, maxBytes))
        .rejection();
  }

  private byte[] read(long listedLength, long maxBytes) throws Exception {
    return read("file:" + path, listedLength, maxBytes);
  }

  private static byte[] read(String path, long listedLength, long maxBytes) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set("fs.faulty.impl", FaultyFileSystem.class.getName());
    ImageFile file = new ImageFile(path, listedLength, ImageFile.UNKNOWN, "");
    return new FileReader(configuration, maxBytes, 0).read(file);
  }
}

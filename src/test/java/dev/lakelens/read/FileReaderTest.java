package dev.lakelens.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakelens.image.ImageFile;
import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private Reason reason(long listedLength, long maxBytes) {
    return catchThrowableOfType(RejectedException.class, () -> read(listedLength, maxBytes))
        .rejection()
        .reason();
  }

  private byte[] read(long listedLength, long maxBytes) throws Exception {
    ImageFile file = new ImageFile("file:" + path, listedLength, ImageFile.UNKNOWN, "");
    return new FileReader(new Configuration(), maxBytes).read(file);
  }
}

package dev.lakelens.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestTest {
  /** The first example of NIST for SHA-256. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isThatOfAllThatWasAdded() {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {'a', 'b', 'c'}).position(1);
    Digest digest = new Digest();

    assertThat(digest.add("a").add(bytes).hex()).isEqualTo(ABC);
    assertThat(bytes.position()).isEqualTo(1);
    assertThat(digest.add("abc").hex()).isEqualTo(ABC);
  }

  @Test
  void isThatOfAFile(@TempDir Path directory) throws IOException {
    assertThat(Digest.of(Files.writeString(directory.resolve("abc"), "abc"))).isEqualTo(ABC);
  }
}

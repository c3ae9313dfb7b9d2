package dev.lakelens.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipDirectoryTest {
  private static final WeightSource SOURCE = new WeightSource("w", "a zip file");
  private static final String DAMAGED = "w is not a zip file that can be read: ";
  private static final byte[] DATA = {1, 2, 3};

  @Test
  void findsStoredEntries() {
    ZipDirectory zip = directory(new Zips().add("a", new byte[0]).add("b/c", DATA));

    assertThat(zip.names()).containsExactly("a", "b/c");
    assertThat(zip.entry("b/c")).isEqualTo(ByteBuffer.wrap(DATA));
    assertThat(zip.entry("a").hasRemaining()).isFalse();
  }

  @Test
  void refusesAnEntryThatIsNotThere() {
    assertThatThrownBy(() -> directory(new Zips().add("a", DATA)).entry("b"))
        .isInstanceOf(ModelException.class)
        .hasMessage(DAMAGED + "it has no entry b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "a/../../b", "a/..", "/etc/passwd", "a\\b"})
  void refusesNamesOutsideTheArchive(String name) {
    assertThatThrownBy(() -> directory(new Zips().add(name, DATA)))
        .isInstanceOf(ModelException.class)
        .hasMessage("%sits entry %s lies outside it", DAMAGED, name);
  }

  @Test
  void refusesANameTwice() {
    assertThatThrownBy(() -> directory(new Zips().add("a", DATA).add("a", DATA)))
        .isInstanceOf(ModelException.class)
        .hasMessage(DAMAGED + "it has two entries a");
  }

  @Test
  void refusesCompressedEntriesAndSoBombs() {
    ZipDirectory bomb = directory(new Zips().add("a", DATA, 8, Integer.MAX_VALUE));

    assertThatThrownBy(() -> bomb.entry("a"))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(DAMAGED + "its entry a is compressed");
  }

  @Test
  void refusesLengthsThatLie() {
    assertThatThrownBy(() -> directory(new Zips().add("a", DATA, 0, 4)))
        .isInstanceOf(ModelException.class)
        .hasMessage(DAMAGED + "its entry a has two lengths and is stored");
  }

  @Test
  void refusesDamagedData() {
    byte[] zip = new Zips().add("a", DATA).bytes();
    zip[31] ^= 1; // the first byte behind header and name

    assertThatThrownBy(() -> new ZipDirectory(ByteBuffer.wrap(zip), SOURCE).entry("a"))
        .isInstanceOf(ModelException.class)
        .hasMessage(DAMAGED + "its entry a has a wrong CRC-32");
  }

  private static ZipDirectory directory(Zips zip) {
    return new ZipDirectory(ByteBuffer.wrap(zip.bytes()), SOURCE);
  }
}

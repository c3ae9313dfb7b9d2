package dev.lakelens.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  void findsNothingInAnEmptyArchive() {
    assertThat(directory(new Zips()).names()).isEmpty();
  }

  @Test
  void findsEntriesBy64BitPlacesAndBehindComments() {
    ZipDirectory zip = directory(new Zips(true).add("a", new byte[0]).add("b/c", DATA));

    assertThat(zip.names()).containsExactly("a", "b/c");
    assertThat(zip.entry("b/c")).isEqualTo(ByteBuffer.wrap(DATA));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // signature, field, value and fault
        "0x02014b50|8|1|its entry a is encrypted",
        "0x02014b50|42|1|its entry a is not where it should be",
        "0x02014b50|24|-1|its entry a has no length",
        "0x06054b50|10|0|its directory is longer than its entries",
        "0x06054b50|10|2|its directory is damaged at byte 47",
        "0x02014b50|32|1|its directory ends early",
        "0x06054b50|20|1|it has no directory at its end; is the download complete?"
      })
  void refusesFieldsThatLie(String signature, int field, int value, String fault) {
    ByteBuffer zip = buffer(new Zips().add("a", DATA).bytes());
    int at = indexOf(zip, Integer.decode(signature)) + field;
    if (value < 0) {
      zip.putInt(at, value);
    } else {
      zip.putShort(at, (short) value);
    }

    assertThatThrownBy(() -> new ZipDirectory(zip, SOURCE).entry("a"))
        .isInstanceOf(ModelException.class)
        .hasMessage(DAMAGED + fault);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MAX_VALUE, 0, 80})
  void refuses64BitRecordsThatAreElsewhere(long place) {
    ByteBuffer zip = buffer(new Zips(true).add("a", DATA).bytes());
    zip.putLong(indexOf(zip, 0x07064b50) + 8, place);

    assertThatThrownBy(() -> new ZipDirectory(zip, SOURCE))
        .isInstanceOf(ModelException.class)
        .hasMessage(DAMAGED + "the 64-bit record of its directory is not where it should be");
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

  private static ByteBuffer buffer(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int indexOf(ByteBuffer file, int signature) {
    int at = 0;
    while (file.getInt(at) != signature) {
      at++;
    }
    return at;
  }

  private static ZipDirectory directory(Zips zip) {
    return new ZipDirectory(ByteBuffer.wrap(zip.bytes()), SOURCE);
  }
}

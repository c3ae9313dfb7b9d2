package dev.lakelens.shelf;

import static dev.lakelens.shelf.Checkpoints.FILE;
import static dev.lakelens.shelf.Checkpoints.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalShelfTest extends ShelfContract {
  @Override
  Shelf open(FileCheck fileCheck) {
    return new LocalShelf(scratch.resolve("models"), fileCheck);
  }

  @Override
  Path at(String path) {
    return scratch.resolve("models").resolve(path);
  }

  @Test
  void replacesWhatADeadProcessLeft() throws IOException {
    Path leftover = Files.createDirectories(shelf.fetching().resolve(NAME).resolve("deep"));
    Files.write(leftover.resolve("half"), new byte[7]);

    assertThat(shelf.add(ENTRY, file).weights()).hasBinaryContent(FILE);
    assertThat(leftover).doesNotExist();
  }

  @Test
  void recordsTheDigestAtFirstUseOfWhatAPersonLaidThere() throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);
    Path record = model.directory().resolve("SHA256SUMS");
    Files.delete(record);

    assertThat(shelf.find(NAME)).contains(model);
    assertThat(record).hasContent(model.sha256() + "  model.safetensors");
    assertThat(Checkpoints.names(model.directory())).hasSize(4);
  }

  @Test
  void asksForTheDigestWhereItCannotRecordIt() throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);
    Path directory = model.directory();
    Files.delete(directory.resolve("SHA256SUMS"));
    assertThat(directory.toFile().setWritable(false)).isTrue();
    try {
      if (Files.isWritable(directory)) { // this user may write everywhere
        assertThat(shelf.find(NAME)).contains(model);
      } else {
        assertThatThrownBy(() -> shelf.find(NAME))
            .isInstanceOf(ShelfException.class)
            .hasMessage(unrecorded(directory, "you have no right to it"));
      }
    } finally {
      assertThat(directory.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void asksForTheDigestWhereThereIsNoPlaceForIt() {
    Path nowhere = scratch.resolve("nowhere");

    assertThatThrownBy(() -> DigestRecord.record(nowhere, ENTRY.card(), "digest"))
        .isInstanceOf(ShelfException.class)
        .hasMessage(unrecorded(nowhere, "there is no such file"));
  }

  private static String unrecorded(Path directory, String why) {
    return "%1$s has no SHA256SUMS, and it cannot be written there (%2$s); whoever may write there makes it with: cd %1$s && sha256sum model.safetensors > SHA256SUMS"
        .formatted(directory, why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file:", "file://"})
  void isADirectoryOfThisMachine(String scheme) {
    String place = scheme + scratch.resolve("my models");
    UserCache none = new UserCache(scratch.resolve("none"));
    Supplier<Configuration> unasked =
        () -> {
          throw new AssertionError("A local shelf needs no Hadoop");
        };

    assertThat(Shelf.at(place, none, unasked, Checkpoints.TAKE_ALL).location())
        .isEqualTo(scratch.resolve("my models").toString());
  }

  @Test
  void isInTheCacheOfTheUser() {
    Path home = scratch.resolve("home");
    Path cache = scratch.resolve("cache");

    assertThat(UserCache.of(Map.of(), home).models())
        .isEqualTo(home.resolve(".cache/lakelens/models"));
    assertThat(UserCache.of(Map.of("XDG_CACHE_HOME", cache.toString()), home).models())
        .isEqualTo(cache.resolve("lakelens/models"));
    assertThat(UserCache.of(Map.of("XDG_CACHE_HOME", "relative"), home).models())
        .isEqualTo(home.resolve(".cache/lakelens/models"));
  }
}

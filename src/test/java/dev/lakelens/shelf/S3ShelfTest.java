package dev.lakelens.shelf;

import static dev.lakelens.shelf.Checkpoints.FILE;
import static dev.lakelens.shelf.Checkpoints.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shelf on S3. */
class S3ShelfTest extends RemoteShelfContract {
  @RegisterExtension private static final S3Server S3 = new S3Server();

  private static final Fetcher OFFLINE =
      new Fetcher(Checkpoints.settings().withoutNetwork(), pause -> {});

  private String location;

  @BeforeEach
  @Override
  void makeShelf() throws IOException {
    location = S3.bucket() + "/models";
    super.makeShelf();
  }

  @Override
  FileSystem fileSystem() throws IOException {
    return FileSystem.newInstance(URI.create(location), S3.configuration());
  }

  @Override
  String location() {
    return location;
  }

  private Shelf open(String place, Configuration configuration, FileCheck fileCheck)
      throws IOException {
    return Shelf.at(place, new UserCache(machine()), () -> configuration, fileCheck);
  }

  @Override
  Path at(String path) {
    return S3.file(location + "/" + path);
  }

  @Test
  void takesAModelFromTheHubOnceForAllMachines() throws IOException {
    CatalogueEntry entry;
    try (FileServer hub = new FileServer(FileServer.file(FILE, "\"a\""))) {
      entry = Checkpoints.at(hub.address("/w"));
      assertThat(FETCHER.fetch(entry, shelf, NOBODY).weights()).hasBinaryContent(FILE);
      assertThat(hub.requests()).hasSize(1);
    } // the port is closed

    Shelf machine = open(Checkpoints.TAKE_ALL);
    assertThat(OFFLINE.fetch(entry, machine, NOBODY).weights()).hasBinaryContent(FILE);
    assertThat(machine.list()).extracting(card -> card.name()).containsExactly(NAME);
  }

  @Test
  void fetchesNothingOffline() {
    assertThatThrownBy(() -> OFFLINE.fetch(ENTRY, shelf, NOBODY))
        .isInstanceOf(ShelfException.class)
        .hasMessage(
            "HF_HUB_OFFLINE or --offline forbids to fetch %s to the shelf %s; allow it, or download"
                    .formatted(NAME, location)
                + " %s elsewhere, and then: jobs/model fetch %s --file FILE --models-dir %s"
                    .formatted(ADDRESS, NAME, location));
  }

  @Test
  void saysThatCredentialsAreWrong() throws IOException {
    Configuration wrong = S3.configuration();
    wrong.set("fs.s3a.secret.key", "wrong");
    Shelf refused = open(location, wrong, Checkpoints.TAKE_ALL);

    assertThatThrownBy(() -> refused.find(NAME))
        .isInstanceOf(ShelfException.class)
        .hasMessageStartingWith(location + "/" + NAME + "/card.json cannot be read (")
        .hasMessageContaining("check its spelling, its credentials,")
        .hasMessageNotContainingAny("Exception", "software.amazon");
    assertThatThrownBy(refused::list).hasMessageStartingWith(location + " cannot be read (");
  }

  @Test
  void saysThatThereIsNoBucket() throws IOException {
    Shelf nowhere = open("s3a://no-bucket/models", S3.configuration(), Checkpoints.TAKE_ALL);

    assertThatThrownBy(() -> nowhere.add(ENTRY, file))
        .isInstanceOf(ShelfException.class)
        .hasMessageStartingWith(
            "s3a://no-bucket/models/%s/model.safetensors cannot be".formatted(NAME))
        .hasMessageNotContainingAny("Exception", "software.amazon");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere://lake/models", "s3a://", "s3a:///models"})
  void saysThatAPlaceCannotBeOpened(String place) {
    assertThatThrownBy(() -> open(place, S3.configuration(), Checkpoints.TAKE_ALL))
        .isInstanceOf(ShelfException.class)
        .hasMessageStartingWith(place + " cannot be opened (")
        .hasMessageNotContainingAny("Exception");
  }

  @Test
  void saysThatTheCacheCannotBeWritten() throws IOException {
    shelf.add(ENTRY, file);
    UserCache noDirectory = new UserCache(file);
    Shelf full = Shelf.at(location, noDirectory, S3::configuration, Checkpoints.TAKE_ALL);

    assertThatThrownBy(() -> full.find(NAME))
        .isInstanceOf(ShelfException.class)
        .hasMessageStartingWith(file.resolve("shelves") + ", where models of " + location)
        .hasMessageEndingWith("or choose another cache with XDG_CACHE_HOME");
  }
}

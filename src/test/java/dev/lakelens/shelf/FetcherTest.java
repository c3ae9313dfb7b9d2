package dev.lakelens.shelf;

import static dev.lakelens.shelf.Checkpoints.FILE;
import static dev.lakelens.shelf.Checkpoints.NAME;
import static dev.lakelens.shelf.Checkpoints.OTHER_FILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.shelf.FileServer.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetcherTest {
  private static final FetchListener NOBODY = (bytes, total) -> {};
  private static final int CUT = 100_000;

  /** How much of the first bytes has come when a connection breaks is the network's affair. */
  private static final String REST = "bytes=[1-9][0-9]{0,5}-";

  @TempDir private Path root;
  private Shelf shelf;
  private final List<Duration> pauses = new ArrayList<>();

  @BeforeEach
  void makeShelf() {
    shelf = new LocalShelf(root.resolve("models"), Checkpoints.TAKE_ALL);
  }

  @Test
  void bringsAFileWithItsCardLabelsAndDigest() throws IOException {
    try (FileServer server = new FileServer(FileServer.file(FILE, "\"a\""))) {
      List<String> progress = new ArrayList<>();

      ShelvedModel model =
          fetcher()
              .fetch(at(server), shelf, (bytes, total) -> progress.add(bytes + " of " + total));

      assertThat(model.weights()).hasBinaryContent(FILE);
      assertThat(model.sha256()).isEqualTo(Checkpoints.hex(FILE, "SHA-256"));
      assertThat(model.card().weights().originSha256()).isEqualTo(model.sha256());
      assertThat(Files.readAllLines(model.directory().resolve(model.card().labels())))
          .hasSize(1000)
          .element(388)
          .isEqualTo("giant panda");
      assertThat(progress).startsWith("0 of 300000").endsWith("300000 of 300000");
      assertThat(shelf.find(NAME)).contains(model);
      assertThat(shelf.list()).containsExactly(model.card());
    }
  }

  @Test
  void takesWhatIsOnTheShelfWithoutTheNetwork() throws IOException {
    CatalogueEntry entry;
    try (FileServer server = new FileServer(FileServer.file(FILE, "\"a\""))) {
      entry = at(server);
      fetcher().fetch(entry, shelf, NOBODY);
    } // the port is closed

    assertThat(fetcher().fetch(entry, shelf, NOBODY).weights()).hasBinaryContent(FILE);
    Fetcher offline = new Fetcher(Checkpoints.settings().withoutNetwork(), pauses::add);
    assertThat(offline.fetch(entry, shelf, NOBODY).weights()).hasBinaryContent(FILE);
  }

  @Test
  void goesOnWhereTheConnectionBroke() throws IOException {
    try (FileServer server =
        new FileServer(FileServer.cut(FILE, "\"a\"", CUT), FileServer.file(FILE, "\"a\""))) {

      assertThat(fetcher().fetch(at(server), shelf, NOBODY).weights()).hasBinaryContent(FILE);

      assertThat(server.requests()).hasSize(2);
      assertThat(server.requests().get(0)).isEqualTo(new Request("/w", "", "", ""));
      assertThat(server.requests().get(1).range()).matches(REST);
      assertThat(server.requests().get(1).ifRange()).isEqualTo("\"a\"");
      assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }
  }

  @Test
  void goesOnInTheNextCallWhereAttemptsWereSpent() throws IOException {
    try (FileServer server =
        new FileServer(
            FileServer.cut(FILE, "\"a\"", CUT),
            FileServer.status(503),
            FileServer.status(503),
            FileServer.file(FILE, "\"a\""))) {
      assertThatThrownBy(() -> fetcher().fetch(at(server), shelf, NOBODY))
          .isInstanceOf(ShelfException.class)
          .hasMessageStartingWith(
              "%s could not be fetched in 3 attempts, for %s answers 503; fetch again later: "
                  .formatted(NAME, server.address("").getAuthority()))
          .hasMessageEndingWith(" bytes are here and stay");
      assertThat(Checkpoints.names(root.resolve("models"))).isEmpty();

      assertThat(fetcher().fetch(at(server), shelf, NOBODY).weights()).hasBinaryContent(FILE);

      assertThat(server.requests()).hasSize(4);
      assertThat(server.requests().get(3).range()).matches(REST);
      assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }
  }

  @Test
  void startsAnewWhereTheServerIgnoresTheRange() throws IOException {
    try (FileServer server =
        new FileServer(FileServer.cut(FILE, "\"a\"", CUT), FileServer.wholeFile(FILE))) {

      assertThat(fetcher().fetch(at(server), shelf, NOBODY).weights()).hasBinaryContent(FILE);
      assertThat(server.requests().get(1).range()).matches(REST);
    }
  }

  @Test
  void startsAnewWhereTheFileHasChanged() throws IOException {
    try (FileServer server =
        new FileServer(FileServer.cut(FILE, "\"a\"", CUT), FileServer.file(OTHER_FILE, "\"b\""))) {

      assertThat(fetcher().fetch(at(server), shelf, NOBODY).weights()).hasBinaryContent(OTHER_FILE);
      assertThat(server.requests().get(1).ifRange()).isEqualTo("\"a\"");
    }
  }

  @ParameterizedTest
  @CsvSource({"W/\"a\"", "''"})
  void startsAnewWithoutAStrongTag(String tag) throws IOException {
    try (FileServer server =
        new FileServer(FileServer.cut(FILE, tag, CUT), FileServer.file(FILE, "\"a\""))) {

      assertThat(fetcher().fetch(at(server), shelf, NOBODY).weights()).hasBinaryContent(FILE);
      assertThat(server.requests().get(1).range()).isEmpty();
    }
  }

  @Test
  void startsAnewWhereTheServerHasFewerBytesThanAreHere() throws IOException {
    try (FileServer server =
        new FileServer(
            FileServer.cut(FILE, "\"a\"", CUT),
            FileServer.status(416),
            FileServer.file(FILE, "\"a\""))) {

      assertThat(fetcher().fetch(at(server), shelf, NOBODY).weights()).hasBinaryContent(FILE);
      assertThat(server.requests().get(2).range()).isEmpty();
    }
  }

  @Test
  void startsAnewWhereTheServerSendsAnotherRange() throws IOException {
    try (FileServer server =
        new FileServer(
            FileServer.cut(FILE, "\"a\"", CUT),
            FileServer.status(206, "Content-Range", "bytes 7-299999/300000"),
            FileServer.file(FILE, "\"a\""))) {

      assertThat(fetcher().fetch(at(server), shelf, NOBODY).weights()).hasBinaryContent(FILE);
      assertThat(server.requests().get(2).range()).isEmpty();
    }
  }

  @Test
  void waitsAsLongAsTheServerAsks() throws IOException {
    try (FileServer server =
        new FileServer(
            FileServer.status(429, "Retry-After", "7"), FileServer.file(FILE, "\"a\""))) {

      assertThat(fetcher().fetch(at(server), shelf, NOBODY).weights()).hasBinaryContent(FILE);
      assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    }
  }

  @Test
  void followsRedirectsToTheFile() throws IOException {
    try (FileServer server =
        new FileServer(
            FileServer.redirect("/elsewhere"),
            FileServer.redirect("there?signature=s"),
            FileServer.file(FILE, "\"a\""))) {

      assertThat(fetcher().fetch(at(server), shelf, NOBODY).weights()).hasBinaryContent(FILE);
      assertThat(server.requests())
          .extracting(Request::path)
          .containsExactly("/w", "/elsewhere", "/there?signature=s");
    }
  }

  @Test
  void givesTheTokenToTheHubAndToNoOtherHost() throws IOException {
    try (FileServer storage = new FileServer(FileServer.file(FILE, "\"a\""));
        FileServer hub =
            new FileServer(
                FileServer.redirect("/moved"),
                FileServer.redirect(storage.address("localhost", "/blob").toString()))) {
      FetchSettings settings = Checkpoints.settings(hub.address("/mirror"), new Token("hf_secret"));

      new Fetcher(settings, pauses::add)
          .fetch(
              Checkpoints.at(URI.create("https://huggingface.co/timm/x/resolve/main/w")),
              shelf,
              NOBODY);

      assertThat(hub.requests())
          .containsExactly(
              new Request("/mirror/timm/x/resolve/main/w", "", "", "Bearer hf_secret"),
              new Request("/moved", "", "", "Bearer hf_secret"));
      assertThat(storage.requests()).containsExactly(new Request("/blob", "", "", ""));
      assertThat(settings.toString()).doesNotContain("hf_secret");
    }
  }

  @ParameterizedTest
  @CsvSource({"SHA256, SHA-256, 8", "SHA256, SHA-256, 64", "MD5, MD5, 32"})
  void acceptsTheFileThatIsPinned(Pin.Algorithm algorithm, String name, int digits)
      throws IOException {
    String digest = Checkpoints.hex(FILE, name).substring(0, digits);
    try (FileServer server = new FileServer(FileServer.file(FILE, "\"a\""))) {
      CatalogueEntry entry = Checkpoints.pinned(server.address("/w"), new Pin(algorithm, digest));

      assertThat(fetcher().fetch(entry, shelf, NOBODY).weights()).hasBinaryContent(FILE);
    }
  }

  private Fetcher fetcher() {
    return new Fetcher(Checkpoints.settings(), pauses::add);
  }

  private static CatalogueEntry at(FileServer server) {
    return Checkpoints.at(server.address("/w"));
  }
}

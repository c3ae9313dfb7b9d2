package dev.lakelens.shelf;

import static dev.lakelens.shelf.Checkpoints.FILE;
import static dev.lakelens.shelf.Checkpoints.NAME;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every failure has a sentence, and leaves nothing on the shelf. */
class FetchFailureTest {
  private static final FetchListener NOBODY = (bytes, total) -> {};

  @TempDir private Path root;
  private Shelf shelf;
  private final List<Duration> pauses = new ArrayList<>();

  @BeforeEach
  void makeShelf() {
    shelf = new LocalShelf(root.resolve("models"), Checkpoints.TAKE_ALL);
  }

  @AfterEach
  void leavesNothingOnTheShelf() throws IOException {
    assertThat(Checkpoints.names(root.resolve("models"))).isEmpty();
    assertThat(shelf.list()).isEmpty();
    assertThat(shelf.find(NAME)).isEmpty();
  }

  @Test
  void namesBothDigestsOfAnotherFile() throws IOException {
    try (FileServer server = new FileServer(FileServer.file(FILE, "\"a\""))) {
      CatalogueEntry entry =
          Checkpoints.pinned(server.address("/w"), new Pin(Pin.Algorithm.SHA256, "7f5810bc"));

      assertThatThrownBy(() -> fetch(entry, Checkpoints.settings()))
          .isInstanceOf(ShelfException.class)
          .hasMessageStartingWith(
              "The file of %s from %s is another: it has SHA-256 %s, and should have 7f5810bc...; it was removed:"
                  .formatted(NAME, server.address("/w"), Checkpoints.hex(FILE, "SHA-256")));
      assertThat(shelf.fetching().resolve(NAME + ".part")).doesNotExist();
    }
  }

  @Test
  void saysWhichTokenHelpsAtTheHub() throws IOException {
    try (FileServer hub = new FileServer(FileServer.status(401))) {
      CatalogueEntry entry = Checkpoints.at(URI.create("https://huggingface.co/timm/x"));
      String refusal = hub.address("").getAuthority() + " does not give " + NAME + " (401); ";

      assertThatThrownBy(() -> fetch(entry, Checkpoints.settings(hub.address(""), Token.NONE)))
          .isInstanceOf(ShelfException.class)
          .hasMessage(refusal + "set HF_TOKEN to a token that may read it");
      assertThatThrownBy(
              () -> fetch(entry, Checkpoints.settings(hub.address(""), new Token("hf_secret"))))
          .isInstanceOf(ShelfException.class)
          .hasMessage(refusal + "the token in HF_TOKEN may not read it: take one that may");
      assertThat(pauses).isEmpty();
    }
  }

  @Test
  void saysThatAnotherHostForbids() throws IOException {
    assertThatStatus(403)
        .isEqualTo(
            "HOST does not give NAME (403); download it elsewhere and give it to jobs/model fetch with --file");
  }

  @Test
  void saysThatTheFileIsGone() throws IOException {
    assertThatStatus(404)
        .isEqualTo(
            "HOST has no file at http://HOST/w (404); its publisher has moved it: download it from"
                + " where it is now and give it to jobs/model fetch with --file");
    assertThat(pauses).isEmpty();
  }

  @Test
  void givesUpOnABusyServer() throws IOException {
    assertThatStatus(429)
        .isEqualTo(
            "NAME could not be fetched in 3 attempts, for HOST answers 429; fetch again later: 0"
                + " bytes are here and stay");
    assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void doesNotWaitForHours() throws IOException {
    assertThatAnswer(FileServer.status(429, "Retry-After", "3600"))
        .isEqualTo(
            "NAME could not be fetched, for HOST answers 429; fetch again in 3600 seconds: 0 bytes"
                + " are here and stay");
    assertThat(pauses).isEmpty();
  }

  @Test
  void endsALoopOfRedirects() throws IOException {
    try (FileServer server = new FileServer(FileServer.redirect("/w"))) {
      assertThatThrownBy(() -> fetch(Checkpoints.at(server.address("/w")), Checkpoints.settings()))
          .isInstanceOf(ShelfException.class)
          .hasMessageStartingWith(server.address("/w") + " redirects more than 10 times;");
      assertThat(server.requests()).hasSize(11);
    }
  }

  @Test
  void followsNoRedirectToAFile() throws IOException {
    assertThatAnswer(FileServer.redirect("file:///etc/hostname"))
        .isEqualTo("127.0.0.1 redirects to file:///etc/hostname, which is no address");
  }

  @Test
  void refusesAWebPage() throws IOException {
    assertThatAnswer(FileServer.status(200, "Content-Type", "text/html; charset=utf-8"))
        .startsWith("HOST sends a web page in place of NAME; log in where the network wants it,");
  }

  @Test
  void refusesAFileThatIsFarTooLarge() throws IOException {
    assertThatAnswer(exchange -> exchange.sendResponseHeaders(200, 1L << 40))
        .startsWith("HOST has 1099511627776 bytes for NAME, which has at most 1053576;");
  }

  @Test
  void refusesAFileWithoutALength() throws IOException {
    assertThatAnswer(exchange -> exchange.sendResponseHeaders(200, 0)) // 0: in chunks
        .startsWith("HOST does not say how long the file of NAME is,");
  }

  @Test
  void stopsWhereMoreComesThanWasSaid() throws IOException {
    HttpHandler endless =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 0-99/100");
          exchange.sendResponseHeaders(206, 0); // 0: in chunks
          for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write(new byte[1 << 16]);
          }
        };
    List<Long> heard = new ArrayList<>();
    try (FileServer server = new FileServer(endless)) {
      CatalogueEntry entry = Checkpoints.at(server.address("/w"));

      assertThatThrownBy(
              () ->
                  new Fetcher(Checkpoints.settings(), pauses::add)
                      .fetch(entry, shelf, (bytes, total) -> heard.add(bytes)))
          .isInstanceOf(ShelfException.class)
          .hasMessage(
              "%s could not be fetched in 3 attempts, for %s sends more than the 100 bytes that it says; fetch again later: 0 bytes are here and stay"
                  .formatted(NAME, server.address("").getAuthority()));
    }
    assertThat(heard).allMatch(bytes -> bytes <= 100);
    assertThat(shelf.fetching().resolve(NAME + ".part")).doesNotExist();
  }

  @Test
  void refusesAFileThatTheDiskHasNoRoomFor() throws IOException {
    try (FileServer server =
        new FileServer(exchange -> exchange.sendResponseHeaders(200, 1L << 60))) {
      CatalogueEntry entry = Checkpoints.at(server.address("/w"));
      CatalogueEntry large = new CatalogueEntry(entry.card(), entry.url(), entry.pin(), 1L << 58);

      assertThatThrownBy(() -> fetch(large, Checkpoints.settings()))
          .isInstanceOf(ShelfException.class)
          .hasMessageStartingWith(
              "%s needs 1152921504606846976 more bytes, and %s has room for"
                  .formatted(NAME, shelf.fetching()))
          .hasMessageEndingWith(
              "make room, or choose another directory with --models-dir or XDG_CACHE_HOME");
    }
  }

  @Test
  void saysThatTheShelfCannotBeWritten() throws IOException {
    Path file = Files.createFile(root.resolve("file"));
    Shelf noShelf = new LocalShelf(file, Checkpoints.TAKE_ALL);

    assertThatThrownBy(
            () ->
                new Fetcher(Checkpoints.settings(), pauses::add)
                    .fetch(Checkpoints.at(URI.create("http://127.0.0.1:1/w")), noShelf, NOBODY))
        .isInstanceOf(ShelfException.class)
        .hasMessageStartingWith("The shelf %s cannot be written (".formatted(file));
  }

  @Test
  void shelvesNothingThatTheInspectionRefuses() throws IOException {
    shelf = new LocalShelf(root.resolve("models"), Checkpoints.REFUSE_ALL);
    try (FileServer server = new FileServer(FileServer.file(FILE, "\"a\""))) {
      assertThatThrownBy(() -> fetch(Checkpoints.at(server.address("/w")), Checkpoints.settings()))
          .isInstanceOf(ShelfException.class)
          .hasMessageStartingWith(
              "The file of %s from %s is another: %s is none; it was removed: fetch again,"
                  .formatted(NAME, server.address("/w"), shelf.fetching().resolve(NAME + ".part")));
      assertThat(shelf.fetching().resolve(NAME + ".part")).doesNotExist();
    }
  }

  @Test
  void saysThatThereIsNoNetwork() throws IOException {
    URI closed;
    try (FileServer server = new FileServer(FileServer.status(200))) {
      closed = server.address("/w");
    }

    assertThatThrownBy(() -> fetch(Checkpoints.at(closed), Checkpoints.settings()))
        .isInstanceOf(ShelfException.class)
        .hasMessage(
            closed.getAuthority()
                + " cannot be reached; is there a network, or a proxy to name in HTTPS_PROXY?"
                + " Without either, download the file elsewhere and give it to jobs/model fetch with --file");
    assertThat(pauses).isEmpty();
  }

  @Test
  void asksAgainWhereEncryptionBrokeOff() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      URI address = URI.create("https://127.0.0.1:%d/w".formatted(server.getLocalPort()));
      new Thread(() -> answerWithoutEncryption(server)).start();

      assertThatThrownBy(() -> fetch(Checkpoints.at(address), Checkpoints.settings()))
          .isInstanceOf(ShelfException.class)
          .hasMessageStartingWith(NAME + " could not be fetched in 3 attempts, for no answer came");
    }
    assertThat(pauses).hasSize(2);
  }

  private static void answerWithoutEncryption(ServerSocket server) {
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          socket.getInputStream().read(new byte[1 << 14]);
          socket.getOutputStream().write("HTTP/1.1 400\r\n\r\n".getBytes(US_ASCII));
          socket.shutdownOutput();
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
      }
    } catch (IOException e) {
      assertThat(server.isClosed()).isTrue(); // the test is over
    }
  }

  @Test
  void trustsNoCertificateThatJavaDoesNot() throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(ownCertificate()));
    server.start();
    try {
      URI address = URI.create("https://127.0.0.1:%d/w".formatted(server.getAddress().getPort()));

      assertThatThrownBy(() -> fetch(Checkpoints.at(address), Checkpoints.settings()))
          .isInstanceOf(ShelfException.class)
          .hasMessageStartingWith("127.0.0.1 has no certificate that Java trusts (")
          .hasMessageEndingWith("-Djavax.net.ssl.trustStore");
      assertThat(pauses).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  /** A certificate that nobody has signed but its own key. */
  private SSLContext ownCertificate() throws Exception {
    Path store = root.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-storepass",
                "secret",
                "-keystore",
                store.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), "secret".toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void fetchesNothingOffline() throws IOException {
    try (FileServer server = new FileServer(FileServer.file(FILE, "\"a\""))) {
      CatalogueEntry entry = Checkpoints.at(server.address("/w"));

      assertThatThrownBy(() -> fetch(entry, Checkpoints.settings().withoutNetwork()))
          .isInstanceOf(ShelfException.class)
          .hasMessage(
              "HF_HUB_OFFLINE or --offline forbids to fetch %s to the shelf %s; allow it, or download"
                      .formatted(NAME, shelf.location())
                  + " %s elsewhere, and then: jobs/model fetch %s --file FILE --models-dir %s"
                      .formatted(entry.url(), NAME, shelf.location()));
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void endsAConnectionThatFallsSilent() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    HttpHandler silent =
        exchange -> {
          exchange.sendResponseHeaders(200, FILE.length);
          exchange.getResponseBody().write(FILE, 0, 10);
          exchange.getResponseBody().flush();
          awaitUninterruptibly(over);
        };
    FetchSettings usual = Checkpoints.settings();
    FetchSettings impatient =
        new FetchSettings(
            usual.hub(),
            usual.token(),
            false,
            usual.proxies(),
            usual.connectTimeout(),
            Duration.ofMillis(300),
            1,
            usual.longestPause());
    try (FileServer server = new FileServer(silent)) {
      assertThatThrownBy(() -> fetch(Checkpoints.at(server.address("/w")), impatient))
          .isInstanceOf(ShelfException.class)
          .hasMessageStartingWith(NAME + " could not be fetched in 1 attempts, for the connection")
          .hasMessageContaining("broke");
      over.countDown();
    }
  }

  private AbstractStringAssert<?> assertThatStatus(int status) throws IOException {
    return assertThatAnswer(FileServer.status(status));
  }

  /** The sentence, with HOST and NAME for what differs. */
  private AbstractStringAssert<?> assertThatAnswer(HttpHandler answer) throws IOException {
    try (FileServer server = new FileServer(answer)) {
      CatalogueEntry entry = Checkpoints.at(server.address("/w"));
      Throwable thrown = catchThrowable(() -> fetch(entry, Checkpoints.settings()));
      assertThat(thrown).isInstanceOf(ShelfException.class);
      return assertThat(
          thrown
              .getMessage()
              .replace(server.address("").getAuthority(), "HOST")
              .replace(NAME, "NAME"));
    }
  }

  private void fetch(CatalogueEntry entry, FetchSettings settings) {
    new Fetcher(settings, pauses::add).fetch(entry, shelf, NOBODY);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

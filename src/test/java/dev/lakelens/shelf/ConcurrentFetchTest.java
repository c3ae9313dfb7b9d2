package dev.lakelens.shelf;

import static dev.lakelens.shelf.Checkpoints.FILE;
import static dev.lakelens.shelf.Checkpoints.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever comes second waits, and takes what the first has brought. */
class ConcurrentFetchTest {
  private static final String STARTED = "started";

  @TempDir private Path root;

  /** A process that fetches the file at an address to a shelf. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      System.out.println(STARTED);
      System.out.println(
          fetch(new LocalShelf(Path.of(args[0]), Checkpoints.TAKE_ALL), URI.create(args[1]))
              .sha256());
    }
  }

  @Test
  void bringsAFileOnceForTwoThreads() throws Exception {
    CountDownLatch bothRun = new CountDownLatch(2);
    Shelf shelf = new LocalShelf(root, Checkpoints.TAKE_ALL);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (FileServer server = new FileServer(after(bothRun))) {
      Callable<ShelvedModel> task =
          () -> {
            bothRun.countDown();
            return fetch(shelf, server.address("/w"));
          };
      Future<ShelvedModel> one = threads.submit(task);
      Future<ShelvedModel> other = threads.submit(task);

      assertThat(one.get()).isEqualTo(other.get());
      assertThat(server.requests()).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
    assertThat(shelf.find(NAME).orElseThrow().weights()).hasBinaryContent(FILE);
  }

  @Test
  void bringsAFileOnceForTwoProcesses() throws Exception {
    CountDownLatch bothRun = new CountDownLatch(1);
    try (FileServer server = new FileServer(after(bothRun))) {
      Process one = process(server.address("/w"));
      Process other = process(server.address("/w"));
      try (BufferedReader first = one.inputReader();
          BufferedReader second = other.inputReader()) {
        assertThat(first.readLine()).isEqualTo(STARTED);
        assertThat(second.readLine()).isEqualTo(STARTED);
        bothRun.countDown();

        String sha256 = Checkpoints.hex(FILE, "SHA-256");
        assertThat(first.readLine()).isEqualTo(sha256);
        assertThat(second.readLine()).isEqualTo(sha256);
      }
      assertThat(one.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(server.requests()).hasSize(1);
    }
    assertThat(Checkpoints.names(root)).containsExactly(NAME);
  }

  private static HttpHandler after(CountDownLatch latch) {
    HttpHandler file = FileServer.file(FILE, "\"a\"");
    return exchange -> {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IOException("The test is over", e);
      }
      file.handle(exchange);
    };
  }

  private static ShelvedModel fetch(Shelf shelf, URI address) {
    return new Fetcher(Checkpoints.settings(), pause -> {})
        .fetch(Checkpoints.at(address), shelf, (bytes, total) -> {});
  }

  private Process process(URI address) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            root.toString(),
            address.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}

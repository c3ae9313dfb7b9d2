package dev.lakelens.shelf;

import static dev.lakelens.shelf.Checkpoints.FILE;
import static dev.lakelens.shelf.Checkpoints.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a shelf on any Hadoop file system does, which each machine uses from a cache of its own. */
abstract class RemoteShelfContract extends ShelfContract {
  static final FetchListener NOBODY = (bytes, total) -> {};
  static final Fetcher FETCHER = new Fetcher(Checkpoints.settings(), pause -> {});

  abstract FileSystem fileSystem() throws IOException;

  abstract String location();

  @Override
  final Shelf open(FileCheck fileCheck) throws IOException {
    return open(fileSystem(), machine(), fileCheck);
  }

  @Test
  void bringsWeightsToAMachineOnce() throws IOException {
    shelf.add(ENTRY, file);
    Shelf machine = open(Checkpoints.TAKE_ALL);
    ShelvedModel model = machine.find(NAME).orElseThrow();
    Files.delete(at(NAME + "/model.safetensors"));

    assertThat(machine.find(NAME)).contains(model);
  }

  @Test
  void usesACardThatWasEdited() throws IOException {
    shelf.add(ENTRY, file);
    Path card = at(NAME + "/card.json");
    Files.writeString(card, Files.readString(card).replace("bicubic", "bilinear"));

    assertThat(shelf.find(NAME).orElseThrow().card().preprocessing().interpolation().name())
        .isEqualTo("BILINEAR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "imagenet1k.txt", "SHA256SUMS", "card.json"})
  void hasNoModelWhereBringingItBrokeOff(String part) throws IOException {
    Shelf breaking = breaking(part);

    assertThatThrownBy(() -> breaking.add(ENTRY, file))
        .isInstanceOf(ShelfException.class)
        .hasMessageStartingWith(
            "%s/%s/%s cannot be written (connection reset);".formatted(location(), NAME, part));
    assertThat(shelf.find(NAME)).isEmpty();
    assertThat(shelf.list()).isEmpty();

    shelf.add(ENTRY, file);
    assertThat(open(Checkpoints.TAKE_ALL).find(NAME)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "imagenet1k.txt", "SHA256SUMS", "card.json"})
  void keepsTheModelWhereReplacingItBrokeOff(String part) throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);
    Shelf breaking = breaking(part);

    assertThatThrownBy(() -> breaking.replace(ENTRY, other)).isInstanceOf(ShelfException.class);
    assertThat(shelf.find(NAME)).contains(model);
    assertThat(open(Checkpoints.TAKE_ALL).find(NAME).orElseThrow().weights())
        .hasBinaryContent(FILE);
    assertThat(Checkpoints.names(at(NAME))).hasSize(4);
  }

  @Test
  void downloadsOneByteAgainWhereTheUploadBrokeOff() throws IOException {
    Path machine = machine();
    try (FileServer hub = new FileServer(FileServer.file(FILE, "\"a\""))) {
      CatalogueEntry entry = Checkpoints.at(hub.address("/w"));
      Shelf breaking = breaking("model.safetensors", "none", machine);
      assertThatThrownBy(() -> FETCHER.fetch(entry, breaking, NOBODY))
          .isInstanceOf(ShelfException.class);

      Shelf whole = open(fileSystem(), machine, Checkpoints.TAKE_ALL);
      assertThat(FETCHER.fetch(entry, whole, NOBODY).weights()).hasBinaryContent(FILE);
      assertThat(hub.requests())
          .extracting(FileServer.Request::range)
          .containsExactly("", "bytes=%d-".formatted(FILE.length - 1));
    }
  }

  @Test
  void mixesNoDownloadWithAFileThatAPersonHas() throws IOException {
    Path machine = machine();
    try (FileServer hub = new FileServer(FileServer.file(FILE, "\"a\""))) {
      CatalogueEntry entry = Checkpoints.at(hub.address("/w"));
      Shelf breaking = breaking("model.safetensors", "none", machine);
      assertThatThrownBy(() -> FETCHER.fetch(entry, breaking, NOBODY))
          .isInstanceOf(ShelfException.class);
      assertThatThrownBy(() -> breaking.add(entry, other)).isInstanceOf(ShelfException.class);

      Shelf whole = open(fileSystem(), machine, Checkpoints.TAKE_ALL);
      assertThat(FETCHER.fetch(entry, whole, NOBODY).weights()).hasBinaryContent(FILE);
    }
  }

  @Test
  void cachesNothingWhereTheWayHereBrokeOff() throws IOException {
    shelf.add(ENTRY, file);
    Path machine = machine();
    Shelf breaking = breaking("none", "model.safetensors", machine);

    assertThatThrownBy(() -> breaking.find(NAME))
        .isInstanceOf(ShelfException.class)
        .hasMessageStartingWith(
            "%s/%s/model.safetensors cannot be read (".formatted(location(), NAME));
    try (Stream<Path> paths = Files.walk(machine)) {
      assertThat(paths.filter(path -> path.endsWith(NAME)))
          .allMatch(path -> path.getParent().endsWith(".fetching"));
    }
    assertThat(open(fileSystem(), machine, Checkpoints.TAKE_ALL).find(NAME).orElseThrow())
        .extracting(ShelvedModel::sha256)
        .isEqualTo(Checkpoints.hex(FILE, "SHA-256"));
  }

  @Test
  void takesTheSameModelFromTwoMachinesAtOnce() throws Exception {
    CountDownLatch bothAsk = new CountDownLatch(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (FileServer hub =
        new FileServer(
            exchange -> {
              bothAsk.countDown();
              await(bothAsk);
              FileServer.file(FILE, "\"a\"").handle(exchange);
            })) {
      CatalogueEntry entry = Checkpoints.at(hub.address("/w"));
      Shelf machine = open(Checkpoints.TAKE_ALL);
      Callable<ShelvedModel> one = () -> FETCHER.fetch(entry, shelf, NOBODY);
      Callable<ShelvedModel> another = () -> FETCHER.fetch(entry, machine, NOBODY);
      for (Future<ShelvedModel> model : threads.invokeAll(List.of(one, another))) {
        assertThat(model.get().weights()).hasBinaryContent(FILE);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(open(Checkpoints.TAKE_ALL).find(NAME).orElseThrow().weights())
        .hasBinaryContent(FILE);
    assertThat(Checkpoints.names(at(NAME))).hasSize(4);
  }

  @Test
  void asksForTheDigestOfWhatAPersonLaidThere() throws IOException {
    shelf.add(ENTRY, file);
    Files.delete(at(NAME + "/SHA256SUMS"));

    assertThatThrownBy(() -> shelf.find(NAME))
        .isInstanceOf(ShelfException.class)
        .hasMessage(
            "%s/%s has a card and no SHA256SUMS; put the file there, or remove the directory and fetch again"
                .formatted(location(), NAME));
  }

  private Shelf breaking(String part) throws IOException {
    return breaking(part, "none", machine());
  }

  private Shelf breaking(String written, String read, Path machine) throws IOException {
    FileSystem breaking = new BreakingFileSystem(fileSystem(), written, read);
    return open(breaking, machine, Checkpoints.TAKE_ALL);
  }

  private Shelf open(FileSystem fileSystem, Path machine, FileCheck fileCheck) {
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(location());
    return new RemoteShelf(new RemoteDirectory(fileSystem, root), machine, fileCheck);
  }

  /** The cache of another one. */
  final Path machine() throws IOException {
    return Files.createTempDirectory(scratch, "machine");
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException("The test is over", e);
    }
  }
}

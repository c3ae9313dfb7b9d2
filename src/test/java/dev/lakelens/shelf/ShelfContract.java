package dev.lakelens.shelf;

import static dev.lakelens.shelf.Checkpoints.FILE;
import static dev.lakelens.shelf.Checkpoints.NAME;
import static dev.lakelens.shelf.Checkpoints.OTHER_FILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every shelf does, wherever it is. */
abstract class ShelfContract {
  static final URI ADDRESS = URI.create("https://publisher.example/w");
  static final CatalogueEntry ENTRY = Checkpoints.at(ADDRESS);

  @TempDir Path scratch;
  Shelf shelf;
  Path file;
  Path other;

  /** The test's shelf, as another machine sees it where there may be one. */
  abstract Shelf open(FileCheck fileCheck) throws IOException;

  /** The file that a path below the shelf is. */
  abstract Path at(String path);

  @BeforeEach
  void makeShelf() throws IOException {
    shelf = open(Checkpoints.TAKE_ALL);
    file = Files.write(scratch.resolve("download.safetensors"), FILE);
    other = Files.write(scratch.resolve("other"), OTHER_FILE);
  }

  @Test
  void isEmptyBeforeTheFirstModel() {
    assertThat(shelf.list()).isEmpty();
    assertThat(shelf.find(NAME)).isEmpty();
    assertThat(at("")).doesNotExist();
  }

  @Test
  void takesAFileThatAPersonHas() throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);

    assertThat(shelf.find(NAME)).contains(model);
    assertThat(shelf.list()).containsExactly(model.card());
    assertThat(Checkpoints.names(at(""))).containsExactly(NAME);
    assertThat(at(NAME + "/model.safetensors")).hasBinaryContent(FILE);
    assertThat(Checkpoints.names(model.directory()))
        .containsExactly("SHA256SUMS", "card.json", "imagenet1k.txt", "model.safetensors");
    assertThat(at(NAME + "/SHA256SUMS"))
        .hasContent(Checkpoints.hex(FILE, "SHA-256") + "  model.safetensors");
    assertThat(file).exists();
  }

  @Test
  void hasTheSameModelForOthers() throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);
    ShelvedModel found = open(Checkpoints.TAKE_ALL).find(NAME).orElseThrow();

    assertThat(found.weights()).hasBinaryContent(FILE);
    assertThat(found.card()).isEqualTo(model.card());
    assertThat(found.sha256()).isEqualTo(model.sha256());
    assertThat(Checkpoints.names(found.directory()))
        .isEqualTo(Checkpoints.names(model.directory()));
  }

  @Test
  void takesTheSameFileTwice() throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);

    assertThat(shelf.add(ENTRY, file)).isEqualTo(model);
  }

  @Test
  void saysWhatItHasWhereAnotherFileComes() throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);

    assertThatThrownBy(() -> shelf.add(ENTRY, other))
        .isInstanceOf(ShelfException.class)
        .hasMessage(
            "%s is on the shelf %s already, with SHA-256 %s, and %s has %s; --replace puts it in its place"
                .formatted(
                    NAME,
                    shelf.location(),
                    model.sha256(),
                    other,
                    Checkpoints.hex(OTHER_FILE, "SHA-256")));
    assertThat(shelf.find(NAME)).contains(model);
  }

  @Test
  void replacesAModelWhereAPersonSaysSo() throws IOException {
    shelf.add(ENTRY, file);

    ShelvedModel model = shelf.replace(ENTRY, other);

    assertThat(model.weights()).hasBinaryContent(OTHER_FILE);
    assertThat(shelf.find(NAME)).contains(model);
    assertThat(open(Checkpoints.TAKE_ALL).find(NAME).orElseThrow().sha256())
        .isEqualTo(model.sha256());
    assertThat(Checkpoints.names(at(""))).containsExactly(NAME);
    assertThat(Checkpoints.names(at(NAME))).hasSize(4);
    assertThat(Checkpoints.names(shelf.fetching())).containsExactly(NAME + ".lock");
  }

  @Test
  void replacesADamagedModel() throws IOException {
    shelf.add(ENTRY, file);
    Files.write(at(NAME + "/model.safetensors"), OTHER_FILE);

    assertThat(shelf.replace(ENTRY, file).weights()).hasBinaryContent(FILE);
    assertThat(open(Checkpoints.TAKE_ALL).find(NAME)).isPresent();
  }

  @Test
  void keepsAModelThatCannotBeReplaced() throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);
    Shelf strict = open(Checkpoints.REFUSE_ALL);

    assertThatThrownBy(() -> strict.replace(ENTRY, other)).isInstanceOf(ShelfException.class);
    assertThat(shelf.find(NAME)).contains(model);
  }

  @Test
  void refusesAFileThatTheInspectionRefuses() throws IOException {
    Shelf strict = open(Checkpoints.REFUSE_ALL);

    assertThatThrownBy(() -> strict.add(ENTRY, file))
        .isInstanceOf(ShelfException.class)
        .hasMessage(
            "%s is not %s: %s is none; download it again from %s"
                .formatted(file, NAME, file, ADDRESS));
    assertThat(Checkpoints.names(at(""))).isEmpty();
    assertThat(Checkpoints.names(strict.fetching())).containsExactly(NAME + ".lock");
  }

  /** The person's file may change while it is copied. */
  @Test
  void shelvesTheFileThatItHasInspected() throws IOException {
    List<byte[]> inspected = new ArrayList<>();
    Shelf changing =
        open(
            (entry, given) -> {
              try {
                inspected.add(Files.readAllBytes(given));
                Files.write(file, OTHER_FILE);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    assertThat(changing.add(ENTRY, file).weights()).hasBinaryContent(FILE);
    assertThat(inspected).containsExactly(FILE);
  }

  @Test
  void refusesAFileThatIsNotThePinnedOne() throws IOException {
    String digest = Checkpoints.hex(OTHER_FILE, "MD5");
    CatalogueEntry entry = Checkpoints.pinned(ADDRESS, new Pin(Pin.Algorithm.MD5, digest));

    assertThatThrownBy(() -> shelf.add(entry, file))
        .isInstanceOf(ShelfException.class)
        .hasMessage(
            "%s is not %s: it has MD5 %s, and should have %s; download it again from %s"
                .formatted(file, NAME, Checkpoints.hex(FILE, "MD5"), digest, ADDRESS));
    assertThat(Checkpoints.names(at(""))).isEmpty();
  }

  @Test
  void namesAFileThatIsNotThere() {
    Path nope = scratch.resolve("nope");

    assertThatThrownBy(() -> shelf.add(ENTRY, nope))
        .isInstanceOf(ShelfException.class)
        .hasMessage(
            "There is no file %s; give the published file of %s, from %s"
                .formatted(nope, NAME, ADDRESS));
    assertThatThrownBy(() -> shelf.replace(ENTRY, scratch))
        .isInstanceOf(ShelfException.class)
        .hasMessageStartingWith("There is no file %s;".formatted(scratch));
  }

  @Test
  void noticesThatWeightsHaveChanged() throws IOException {
    shelf.add(ENTRY, file);
    Files.write(at(NAME + "/model.safetensors"), OTHER_FILE);
    Shelf machine = open(Checkpoints.TAKE_ALL);

    assertThatThrownBy(() -> machine.find(NAME))
        .isInstanceOf(ShelfException.class)
        .hasMessage(
            "%s/%s/model.safetensors has SHA-256 %s, and SHA256SUMS beside it says %s  model.safetensors; the file has changed: remove %s/%s and fetch again"
                .formatted(
                    shelf.location(),
                    NAME,
                    Checkpoints.hex(OTHER_FILE, "SHA-256"),
                    Checkpoints.hex(FILE, "SHA-256"),
                    shelf.location(),
                    NAME));
  }

  @Test
  void noticesThatWeightsAndTheirRecordHaveChanged() throws IOException {
    shelf.add(ENTRY, file);
    Files.write(at(NAME + "/model.safetensors"), OTHER_FILE);
    String digest = Checkpoints.hex(OTHER_FILE, "SHA-256");
    Files.writeString(at(NAME + "/SHA256SUMS"), digest + "  model.safetensors\n");
    Shelf machine = open(Checkpoints.TAKE_ALL);

    assertThatThrownBy(() -> machine.find(NAME))
        .isInstanceOf(ShelfException.class)
        .hasMessageContaining(
            "has SHA-256 %s, and card.json beside it says %s; the file has changed"
                .formatted(digest, Checkpoints.hex(FILE, "SHA-256")));
  }

  @Test
  void leavesTheDigestOfAnOriginAloneWhereTheFileWasMadeFromIt() throws IOException {
    shelf.add(ENTRY, file);
    Path card = at(NAME + "/card.json");
    Files.writeString(card, Files.readString(card).replaceFirst("model.safetensors", "made.onnx"));
    Files.move(at(NAME + "/model.safetensors"), at(NAME + "/made.onnx"));
    Files.write(at(NAME + "/made.onnx"), OTHER_FILE);
    Files.writeString(
        at(NAME + "/SHA256SUMS"), Checkpoints.hex(OTHER_FILE, "SHA-256") + "  made.onnx\n");

    assertThat(open(Checkpoints.TAKE_ALL).find(NAME).orElseThrow().weights())
        .hasBinaryContent(OTHER_FILE);
  }

  @Test
  void saysThatWeightsAreMissing() throws IOException {
    shelf.add(ENTRY, file);
    Files.delete(at(NAME + "/model.safetensors"));
    Shelf machine = open(Checkpoints.TAKE_ALL);

    assertThatThrownBy(() -> machine.find(NAME))
        .isInstanceOf(ShelfException.class)
        .hasMessage(
            "%s/%s has a card and no model.safetensors; put the file there, or remove the directory and fetch again"
                .formatted(shelf.location(), NAME));
  }

  @Test
  void opensNoFileOutsideAModelsDirectory() throws IOException {
    shelf.add(ENTRY, file);
    Path card = at(NAME + "/card.json");
    Files.write(at("secret"), FILE);
    Files.writeString(card, Files.readString(card).replace("model.safetensors", "../secret"));
    Shelf machine = open(Checkpoints.TAKE_ALL);

    assertThatThrownBy(() -> machine.find(NAME))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("weights.file must be the name of a file beside the card");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../models", "", ".fetching", "a/b", "/etc", "a\nb"})
  void hasNoModelOfAPathsName(String name) {
    assertThatThrownBy(() -> shelf.find(name))
        .isInstanceOf(ShelfException.class)
        .hasMessageContaining("cannot be a model's name");
  }

  @Test
  void saysWhoseCardLiesUnderAnotherName() throws IOException {
    shelf.add(ENTRY, file);
    Files.move(at(NAME), at("other"));
    Shelf machine = open(Checkpoints.TAKE_ALL);

    assertThatThrownBy(() -> machine.find("other"))
        .isInstanceOf(ShelfException.class)
        .hasMessageContaining("is the card of %s; rename its directory".formatted(NAME));
  }
}

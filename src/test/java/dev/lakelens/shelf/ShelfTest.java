package dev.lakelens.shelf;

import static dev.lakelens.shelf.Checkpoints.FILE;
import static dev.lakelens.shelf.Checkpoints.NAME;
import static dev.lakelens.shelf.Checkpoints.OTHER_FILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShelfTest {
  private static final URI ADDRESS = URI.create("https://publisher.example/w");
  private static final CatalogueEntry ENTRY = Checkpoints.at(ADDRESS);

  @TempDir private Path root;
  private Shelf shelf;
  private Path file;

  @BeforeEach
  void makeShelf() throws IOException {
    shelf = new LocalShelf(root.resolve("models"), Checkpoints.TAKE_ALL);
    file = Files.write(root.resolve("download.safetensors"), FILE);
  }

  @Test
  void isEmptyBeforeTheFirstModel() {
    assertThat(shelf.list()).isEmpty();
    assertThat(shelf.find(NAME)).isEmpty();
    assertThat(root.resolve("models")).doesNotExist();
  }

  @Test
  void takesAFileThatAPersonHas() throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);

    assertThat(shelf.find(NAME)).contains(model);
    assertThat(Checkpoints.names(root.resolve("models"))).containsExactly(NAME);
    assertThat(Checkpoints.names(model.directory()))
        .containsExactly("SHA256SUMS", "card.json", "imagenet1k.txt", "model.safetensors");
    assertThat(model.directory().resolve("SHA256SUMS"))
        .hasContent(Checkpoints.hex(FILE, "SHA-256") + "  model.safetensors");
    assertThat(file).exists();
  }

  @Test
  void takesTheSameFileTwice() throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);

    assertThat(shelf.add(ENTRY, file)).isEqualTo(model);
  }

  @Test
  void saysWhatItHasWhereAnotherFileComes() throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);
    Path other = Files.write(root.resolve("other"), OTHER_FILE);

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
    Path weights = shelf.add(ENTRY, file).weights();
    Path other = Files.write(root.resolve("other"), OTHER_FILE);

    ShelvedModel model = shelf.replace(ENTRY, other);

    assertThat(shelf.find(NAME)).contains(model);
    assertThat(model.weights()).isEqualTo(weights).hasBinaryContent(OTHER_FILE);
    assertThat(Checkpoints.names(root.resolve("models"))).containsExactly(NAME);
    assertThat(Checkpoints.names(shelf.fetching())).containsExactly(NAME + ".lock");
  }

  @Test
  void replacesADamagedModel() throws IOException {
    Files.write(shelf.add(ENTRY, file).weights(), OTHER_FILE);

    assertThat(shelf.replace(ENTRY, file).weights()).hasBinaryContent(FILE);
    assertThat(shelf.find(NAME)).isPresent();
  }

  @Test
  void keepsAModelThatCannotBeReplaced() throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);
    Shelf strict = new LocalShelf(root.resolve("models"), Checkpoints.REFUSE_ALL);
    Path other = Files.write(root.resolve("other"), OTHER_FILE);

    assertThatThrownBy(() -> strict.replace(ENTRY, other)).isInstanceOf(ShelfException.class);
    assertThat(shelf.find(NAME)).contains(model);
  }

  @Test
  void refusesAFileThatTheInspectionRefuses() throws IOException {
    Shelf strict = new LocalShelf(root.resolve("models"), Checkpoints.REFUSE_ALL);

    assertThatThrownBy(() -> strict.add(ENTRY, file))
        .isInstanceOf(ShelfException.class)
        .hasMessage(
            "%s is not %s: %s is none; download it again from %s"
                .formatted(file, NAME, file, ADDRESS));
    assertThat(Checkpoints.names(root.resolve("models"))).isEmpty();
  }

  @Test
  void namesAFileThatIsNotThere() {
    Path nope = root.resolve("nope");

    assertThatThrownBy(() -> shelf.add(ENTRY, nope))
        .isInstanceOf(ShelfException.class)
        .hasMessage(
            "There is no file %s; give the published file of %s, from %s"
                .formatted(nope, NAME, ADDRESS));
    assertThatThrownBy(() -> shelf.replace(ENTRY, root))
        .isInstanceOf(ShelfException.class)
        .hasMessageStartingWith("There is no file %s;".formatted(root));
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
    assertThat(Checkpoints.names(root.resolve("models"))).isEmpty();
  }

  @Test
  void replacesWhatADeadProcessLeft() throws IOException {
    Path leftover = Files.createDirectories(shelf.fetching().resolve(NAME).resolve("deep"));
    Files.write(leftover.resolve("half"), new byte[7]);

    assertThat(shelf.add(ENTRY, file).weights()).hasBinaryContent(FILE);
    assertThat(leftover).doesNotExist();
  }

  @Test
  void noticesThatWeightsHaveChanged() throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);
    Files.write(model.weights(), OTHER_FILE);

    assertThatThrownBy(() -> shelf.find(NAME))
        .isInstanceOf(ShelfException.class)
        .hasMessage(
            "%s has SHA-256 %s, and SHA256SUMS beside it says %s  model.safetensors; the file has changed: remove %s and fetch again"
                .formatted(
                    model.weights(),
                    Checkpoints.hex(OTHER_FILE, "SHA-256"),
                    Checkpoints.hex(FILE, "SHA-256"),
                    model.directory()));
  }

  @Test
  void noticesThatWeightsAndTheirRecordHaveChanged() throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);
    Files.write(model.weights(), OTHER_FILE);
    Files.delete(model.directory().resolve("SHA256SUMS"));

    for (int times = 0; times < 2; times++) { // the digest of the wrong file is not recorded
      assertThatThrownBy(() -> shelf.find(NAME))
          .isInstanceOf(ShelfException.class)
          .hasMessage(
              "%s has SHA-256 %s, and card.json beside it says %s; the file has changed: remove %s and fetch again"
                  .formatted(
                      model.weights(),
                      Checkpoints.hex(OTHER_FILE, "SHA-256"),
                      Checkpoints.hex(FILE, "SHA-256"),
                      model.directory()));
    }
  }

  @Test
  void leavesTheDigestOfAnOriginAloneWhereTheFileWasMadeFromIt() throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);
    Path card = model.directory().resolve("card.json");
    Files.writeString(card, Files.readString(card).replaceFirst("model.safetensors", "made.onnx"));
    Files.move(model.weights(), model.directory().resolve("made.onnx"));
    Files.write(model.directory().resolve("made.onnx"), OTHER_FILE);
    Files.delete(model.directory().resolve("SHA256SUMS"));

    assertThat(shelf.find(NAME)).isPresent();
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
  void saysThatWeightsAreMissing() throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);
    Files.delete(model.weights());

    assertThatThrownBy(() -> shelf.find(NAME))
        .isInstanceOf(ShelfException.class)
        .hasMessageContaining("names the weights model.safetensors, and there is no such file");
  }

  @Test
  void opensNoFileOutsideAModelsDirectory() throws IOException {
    Path card = shelf.add(ENTRY, file).directory().resolve("card.json");
    Files.write(root.resolve("models").resolve("secret"), FILE);
    Files.writeString(card, Files.readString(card).replace("model.safetensors", "../secret"));

    assertThatThrownBy(() -> shelf.find(NAME))
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
    Files.move(shelf.add(ENTRY, file).directory(), root.resolve("models").resolve("other"));

    assertThatThrownBy(() -> shelf.find("other"))
        .isInstanceOf(ShelfException.class)
        .hasMessageContaining("is the card of %s; rename its directory".formatted(NAME));
  }

  @Test
  void isInTheCacheOfTheUser() {
    Path home = root.resolve("home");
    Path cache = root.resolve("cache");

    assertThat(UserCache.of(Map.of(), home).models())
        .isEqualTo(home.resolve(".cache/lakelens/models"));
    assertThat(UserCache.of(Map.of("XDG_CACHE_HOME", cache.toString()), home).models())
        .isEqualTo(cache.resolve("lakelens/models"));
    assertThat(UserCache.of(Map.of("XDG_CACHE_HOME", "relative"), home).models())
        .isEqualTo(home.resolve(".cache/lakelens/models"));
  }
}

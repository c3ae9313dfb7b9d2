package dev.lakelens.shelf;

import static dev.lakelens.shelf.Checkpoints.FILE;
import static dev.lakelens.shelf.Checkpoints.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RemoteShelfTest {
  @RegisterExtension private static final S3Server S3 = new S3Server();

  private static final CatalogueEntry ENTRY =
      Checkpoints.at(URI.create("https://publisher.example/w"));

  @TempDir private Path directory;
  private Shelf shelf;
  private Path file;

  @BeforeEach
  void makeShelf() throws IOException {
    shelf =
        Shelf.at(
            S3.bucket() + "/models",
            new UserCache(directory.resolve("cache")),
            S3::configuration,
            Checkpoints.TAKE_ALL);
    file = Files.write(directory.resolve("download.safetensors"), FILE);
  }

  @Test
  void isEmptyBeforeTheFirstModel() {
    assertThat(shelf.list()).isEmpty();
    assertThat(shelf.find(NAME)).isEmpty();
  }

  @Test
  void takesAFileThatAPersonHas() throws IOException {
    ShelvedModel model = shelf.add(ENTRY, file);

    assertThat(model.weights()).hasBinaryContent(FILE);
    assertThat(shelf.find(NAME)).contains(model);
    assertThat(shelf.list()).containsExactly(model.card());
    assertThat(S3.file(shelf.location() + "/" + NAME + "/model.safetensors"))
        .hasBinaryContent(FILE);
  }
}

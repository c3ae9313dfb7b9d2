package dev.lakelens.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.Variant;
import dev.lakelens.shelf.Catalogue;
import dev.lakelens.shelf.CatalogueEntry;
import dev.lakelens.shelf.Shelf;
import dev.lakelens.shelf.ShelfException;
import dev.lakelens.shelf.ShelvedModel;
import dev.lakelens.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No catalogue pins the digest of these files: only what is in them tells a wrong one. */
class CatalogueCheckTest {
  private static final CatalogueEntry LITE0 = Catalogue.load().named("tf_efficientnet_lite0.in1k");

  @TempDir private Path directory;

  @Test
  void takesTheCheckpointThatTheCatalogueSays() throws IOException {
    Path file = checkpoint("download", Variant.LITE0, 1000);
    Shelf shelf = Shelves.at(directory.resolve("shelf"));

    ShelvedModel model = shelf.add(LITE0, file);

    assertThat(shelf.find(LITE0.name())).contains(model);
  }

  @Test
  void shelvesNoText() throws IOException {
    Path file = Files.writeString(directory.resolve("model.safetensors"), "Not found");
    Shelf shelf = Shelves.at(directory.resolve("shelf"));

    assertThatThrownBy(() -> shelf.add(LITE0, file))
        .isInstanceOf(ShelfException.class)
        .hasMessageStartingWith(
            "%s is not %s: %s begins with the bytes 4e 6f 74 20 66 6f 75 6e; the formats"
                .formatted(file, LITE0.name(), file))
        .hasMessageEndingWith("; download it again from " + LITE0.url());
    assertThat(shelf.find(LITE0.name())).isEmpty();
  }

  @Test
  void refusesAnotherVariant() throws IOException {
    Path file = checkpoint("model.safetensors", Variant.LITE1, 1000);

    assertThatRefusal(LITE0, file)
        .hasMessage("%s is EfficientNet lite1, and the catalogue says lite0".formatted(file));
  }

  @Test
  void refusesOtherClasses() throws IOException {
    Path file = checkpoint("model.safetensors", Variant.LITE0, 10);

    assertThatRefusal(LITE0, file)
        .hasMessage("%s is of 10 classes, and the catalogue says 1000".formatted(file));
  }

  @Test
  void refusesAnotherFormat() throws IOException {
    Path file = checkpoint("efficientnetb0.h5", Variant.B0, 1000);

    assertThatRefusal(Catalogue.load().named("keras-efficientnet-b0"), file)
        .hasMessage(
            "%s is a file of safetensors, and the catalogue says efficientnetb0.h5"
                .formatted(file));
  }

  @Test
  void refusesWhatAConfigBesideItContradicts() throws IOException {
    Path file = checkpoint("model.safetensors", Variant.B0, 1000);
    Files.writeString(
        directory.resolve("config.json"),
        "{\"architecture\": \"tf_efficientnet_b0\", \"num_classes\": 1000}");

    assertThatRefusal(Catalogue.load().named("efficientnet_b0.ra_in1k"), file)
        .hasMessage(
            "The catalogue says that %s is of the family timm, and config.json beside it says"
                    .formatted(file)
                + " timm-tf; correct the one that is wrong, or move config.json away");
  }

  private static AbstractThrowableAssert<?, ?> assertThatRefusal(CatalogueEntry entry, Path file) {
    return assertThatThrownBy(() -> new CatalogueCheck().check(entry, file))
        .isInstanceOf(ModelException.class);
  }

  private Path checkpoint(String name, Variant variant, int classes) throws IOException {
    return SafetensorsWriter.write(
        directory.resolve(name),
        SyntheticWeights.zeros(Architecture.of(variant), classes).byName());
  }
}

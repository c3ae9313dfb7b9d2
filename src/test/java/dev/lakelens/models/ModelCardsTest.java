package dev.lakelens.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A card of a person, and the files beside it. */
class ModelCardsTest extends ModelFinderFixture {
  @Test
  void findsACheckpointByTheCardBesideIt() throws IOException {
    Path card = card("lite0", "mine.safetensors");

    for (Path path : List.of(card, directory)) {
      Model model = finder.find(path.toString(), ModelSettings.NONE);

      assertThat(model.tensorsDigest()).isEqualTo(TENSORS.digest());
      assertThat(model.labels()).isEqualTo(new Labels(List.of("cat", "dog", "none")));
      assertThat(model.card()).isEqualTo(CardJson.read(Files.readString(card), "card.json"));
    }
    assertThat(notes).isEmpty();
  }

  @Test
  void refusesLabelsThatAreNotAsManyAsTheClasses() throws IOException {
    String card = card("lite0", "mine.safetensors").toString();
    Files.writeString(directory.resolve("labels.txt"), "cat\ndog\n");

    for (Use use : uses(card, ModelSettings.NONE)) {
      assertThatThrownBy(use::run)
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith("mine has 3 classes and 2 labels");
    }
  }

  @Test
  void saysWhatOfACardIsNotThere() throws IOException {
    Path card = card("lite0", "mine.safetensors");
    Files.delete(directory.resolve("labels.txt"));
    for (Use use : uses(card.toString(), ModelSettings.NONE)) {
      assertThatThrownBy(use::run)
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith(
              card
                  + " says that its labels are in \"labels.txt\", and there is no such file beside it");
    }
    Path other = card("lite0", "gone.safetensors");
    assertThatThrownBy(() -> finder.find(other.toString(), ModelSettings.NONE))
        .hasMessageStartingWith(card + " says that its weights are in \"gone.safetensors\", and");
    Files.delete(card);
    assertThatThrownBy(() -> finder.find(directory.toString(), ModelSettings.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(directory + " is a directory without card.json");
  }

  @Test
  void saysThatACardIsWrongAndNotAnOption() throws IOException {
    Path card = card("lite0", "mine.safetensors");
    String json = Files.readString(card);

    Files.writeString(card, json.replace("\"timm-tf\"", "\"keras\""));
    assertThatThrownBy(() -> finder.find(card.toString(), ModelSettings.NONE))
        .hasMessageStartingWith(card + " says that " + checkpoint + " is of the family keras, and");
    Files.writeString(card, json.replace("\"timm-tf\"", "\"tf\""));
    assertThatThrownBy(() -> finder.find(card.toString(), ModelSettings.NONE))
        .hasMessageStartingWith(card + ": weights.family: There is no family tf;");
  }

  @Test
  void refusesACardOfAnotherArchitecture() throws IOException {
    Path card = card("b0", "mine.safetensors");

    assertThatThrownBy(() -> finder.find(card.toString(), ModelSettings.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "%s says architecture b0, and %s is lite0; correct the card"
                .formatted(card, checkpoint));
  }

  @Test
  void takesAnOnnxFileWithTheCardThatWasBuiltBesideIt() throws IOException {
    Model model = finder.find(card("lite0", "mine.safetensors").toString(), ModelSettings.NONE);
    Path built = Files.createDirectory(directory.resolve("built"));
    Files.write(built.resolve("m.onnx"), model.onnx());
    Files.writeString(built.resolve("labels.txt"), "cat\ndog\nnone\n");
    Files.writeString(
        built.resolve("card.json"), CardJson.write(Cards.ofBuilt(model.card(), "m.onnx")));

    Model again = finder.find(built.toString(), ModelSettings.NONE);

    assertThat(again.classes()).isEqualTo(3);
    assertThat(again.embeddingSize()).isEqualTo(1280);
    assertThat(again.labels()).isEqualTo(model.labels());
    assertThat(again.card().preprocessing()).isEqualTo(model.card().preprocessing());
    assertThat(again.card().architecture()).isEqualTo(new ModelCard.Graph());
  }

  /** Editors on Windows write it. */
  @Test
  void passesOverAByteOrderMark() throws IOException {
    Path card = card("lite0", "mine.safetensors");
    for (Path file : List.of(card, directory.resolve("labels.txt"))) {
      Files.writeString(file, "\uFEFF" + Files.readString(file));
    }

    assertThat(finder.find(card.toString(), ModelSettings.NONE).labels().name(0)).isEqualTo("cat");
  }
}

package dev.lakelens.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.checkpoint.Family;
import dev.lakelens.model.Head;
import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Padding;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.EfficientNet;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import dev.lakelens.network.Variant;
import dev.lakelens.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person says of a file without a card. */
class ModelOptionsTest extends ModelFinderFixture {
  @Test
  void takesPreprocessingAndHeadOfAnotherCardAndNumbersTheClasses() throws IOException {
    ModelSettings settings = settings(Family.TIMM, null, card("lite0", "other"), false);

    Model model = finder.find(checkpoint.toString(), settings);

    assertThat(model.card().name()).isEqualTo("mine");
    assertThat(model.card().weights().originSha256())
        .isEqualTo(sha256(Files.readAllBytes(checkpoint)));
    assertThat(model.card().architecture())
        .isEqualTo(new ModelCard.Variant("lite0", Padding.SYMMETRIC, 1e-5));
    assertThat(model.card().head()).isEqualTo(Head.SIGMOID);
    assertThat(model.labels().names()).containsExactly("0", "1", "2");
    assertThat(notes).anyMatch(note -> note.contains("--labels FILE names them"));
  }

  @Test
  void hasNoHeadWithoutAClassifierWhateverTheOtherCardSays() throws IOException {
    Tensors headless = SyntheticWeights.of(Architecture.of(Variant.LITE0), 0);
    Path file = SafetensorsWriter.write(directory.resolve("bare.safetensors"), headless.byName());
    ModelSettings settings = settings(Family.TIMM, null, card("lite0", "other"), false);

    Model model = finder.find(file.toString(), settings);

    assertThat(model.card().head()).isEqualTo(Head.NONE);
    assertThat(model.card().labels()).isEmpty();
    assertThat(model.classes()).isZero();
    assertThat(model.labels()).isEqualTo(Labels.NONE);
    assertThat(model.embeddingSize()).isEqualTo(1280);
  }

  @Test
  void refusesTensorsWhoseFamilyNothingTells() {
    assertThatThrownBy(() -> finder.find(checkpoint.toString(), ModelSettings.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("--family");
  }

  @Test
  void refusesACheckpointOfWhichNothingSaysHowImagesArePrepared() {
    ModelSettings settings = settings(Family.TIMM, null, null, false);

    assertThatThrownBy(() -> finder.find(checkpoint.toString(), settings))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("Nothing says how images are prepared for " + checkpoint);
  }

  @Test
  void saysNothingOfPreparationWhereACardSaysIt() throws IOException {
    Path card = card("lite0", "mine.safetensors");
    ModelSettings unsaid = settings(Family.TIMM_TF, null, null, false);
    ModelSettings said = settings(Family.TIMM_TF, null, card, false);

    assertThatThrownBy(() -> finder.find(checkpoint.toString(), unsaid))
        .isInstanceOf(ModelException.class);
    assertThat(notes).anyMatch(note -> note.contains("how images are prepared"));
    notes.clear();
    finder.find(checkpoint.toString(), said);

    assertThat(notes).noneMatch(note -> note.contains("prepared"));
  }

  /** The model in the jar, one in the catalogue (which is not fetched for it), and a card. */
  @ParameterizedTest
  @ValueSource(
      strings = {"efficientnet-lite0", "tf_efficientnet_b0.aa_in1k", "card.json", "directory"})
  void refusesWhatAModelWithACardSaysItself(String name) throws IOException {
    Path card = card("lite0", "mine.safetensors");
    Path labels = directory.resolve("labels.txt");
    String model =
        switch (name) {
          case "card.json" -> card.toString();
          case "directory" -> directory.toString();
          default -> name;
        };
    Map<String, ModelSettings> options =
        Map.of(
            "--family", settings(Family.TIMM_TF, null, null, false),
            "--labels", settings(null, labels, null, false),
            "--preprocess", settings(null, null, card, false),
            "--external-data", settings(null, null, null, true));
    options.forEach(
        (option, settings) -> {
          for (Use use : uses(model, settings)) {
            assertThatThrownBy(use::run)
                .as(option)
                .isInstanceOf(ModelException.class)
                .hasMessageMatching(
                    "(?s).* (comes with|is) (a|the) card.*: leave out " + option + ".*");
          }
        });
    assertThatThrownBy(() -> finder.find(model, settings(Family.TIMM_TF, labels, null, false)))
        .hasMessageContaining("leave out --family and --labels, or ");
  }

  @Test
  void refusesWhatAFileHasNoUseFor() throws IOException {
    Map<String, Tensor> headless = new HashMap<>(TENSORS.byName());
    headless.keySet().removeIf(tensor -> tensor.startsWith("classifier."));
    Path file = SafetensorsWriter.write(directory.resolve("headless.safetensors"), headless);
    Path card = card("lite0", "mine.safetensors");
    ModelSettings labels = settings(Family.TIMM_TF, card.resolveSibling("labels.txt"), null, false);

    assertThatThrownBy(() -> finder.find(file.toString(), labels))
        .hasMessage(file + " has no classifier: leave out --labels");
    assertThatThrownBy(() -> finder.find(file.toString(), settings(null, null, null, true)))
        .hasMessage(file + " is no ONNX file: leave out --external-data");
    assertThatThrownBy(() -> finder.find("m.onnx", settings(Family.TIMM, null, null, false)))
        .isInstanceOf(UnknownModelException.class);
    Path onnx = Files.write(directory.resolve("m.onnx"), new byte[1]);
    assertThatThrownBy(() -> finder.find(onnx.toString(), settings(Family.TIMM, null, null, false)))
        .hasMessageStartingWith(onnx + " is an ONNX file")
        .hasMessageEndingWith(": leave out --family");
  }

  @Test
  void draftsTheCardOfAnOnnxFile() throws IOException {
    byte[] bytes =
        EfficientNet.onnx(Architecture.of(Variant.LITE0), Padding.SAME, 1e-3, 224, TENSORS);
    Path file = Files.write(directory.resolve("graph.onnx"), bytes);
    ModelSettings settings =
        new ModelSettings(
            Optional.empty(), Optional.empty(), Optional.of(card("lite0", "other")), false);

    Model model = finder.find(file.toString(), settings);

    ModelCard card = model.card();
    assertThat(card.name()).isEqualTo("graph");
    assertThat(card.architecture()).isEqualTo(new ModelCard.Graph());
    assertThat(card.head()).isEqualTo(Head.SIGMOID);
    assertThat(card.weights().originSha256()).isEqualTo(sha256(bytes));
    assertThat(model.tensorsDigest()).isEqualTo(card.weights().originSha256());
    assertThat(model.labels().names()).containsExactly("0", "1", "2");
  }
}

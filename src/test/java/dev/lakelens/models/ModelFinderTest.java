package dev.lakelens.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.checkpoint.Family;
import dev.lakelens.model.CardJson;
import dev.lakelens.model.Head;
import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.Tensors;
import dev.lakelens.network.Variant;
import dev.lakelens.shelf.Fetcher;
import dev.lakelens.shelf.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFinderTest {
  private static final Tensors TENSORS = SyntheticWeights.of(Architecture.of(Variant.LITE0), 3);

  private final List<String> notes = new ArrayList<>();

  @TempDir private Path directory;

  private ModelFinder finder;
  private Path checkpoint;

  @BeforeEach
  void write() throws IOException {
    Shelf shelf = Shelves.at(directory.resolve("shelf"));
    finder = new ModelFinder(shelf, new Fetcher(Map.of(), true), (bytes, total) -> {}, notes::add);
    checkpoint = SafetensorsWriter.write(directory.resolve("mine.safetensors"), TENSORS.byName());
  }

  @Test
  void findsAModelOfTheJarByItsName() {
    Model model = finder.find("efficientnet-lite0", ModelSettings.NONE);

    assertThat(model.card().name()).isEqualTo("efficientnet-lite0");
  }

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
  void takesPreprocessingAndHeadOfAnotherCardAndNumbersTheClasses() throws IOException {
    ModelSettings settings =
        new ModelSettings(
            Optional.of(Family.TIMM), Optional.empty(), Optional.of(card("lite0", "other")), false);

    Model model = finder.find(checkpoint.toString(), settings);

    assertThat(model.card().name()).isEqualTo("mine");
    assertThat(model.card().epsilon()).isEqualTo(1e-5);
    assertThat(model.card().head()).isEqualTo(Head.SIGMOID);
    assertThat(model.labels().names()).containsExactly("0", "1", "2");
    assertThat(notes).anyMatch(note -> note.contains("--labels FILE names them"));
  }

  @Test
  void hasNoHeadWithoutAClassifierWhateverTheOtherCardSays() throws IOException {
    Tensors headless = SyntheticWeights.of(Architecture.of(Variant.LITE0), 0);
    Path file = SafetensorsWriter.write(directory.resolve("bare.safetensors"), headless.byName());
    ModelSettings settings =
        new ModelSettings(
            Optional.of(Family.TIMM), Optional.empty(), Optional.of(card("lite0", "other")), false);

    Model model = finder.find(file.toString(), settings);

    assertThat(model.card().head()).isEqualTo(Head.NONE);
    assertThat(model.card().labels()).isEmpty();
    assertThat(model.classes()).isZero();
    assertThat(model.labels()).isEqualTo(Labels.NONE);
    assertThat(model.embeddingSize()).isEqualTo(1280);
  }

  @Test
  void refusesToHearOfAModelWhatItsCardSays() throws IOException {
    Path card = card("lite0", "mine.safetensors");
    Optional<Path> other = Optional.of(card);
    Optional<Family> family = Optional.of(Family.TIMM);
    ModelSettings preprocess = new ModelSettings(Optional.empty(), Optional.empty(), other, false);
    ModelSettings labels = new ModelSettings(Optional.empty(), other, Optional.empty(), false);
    ModelSettings made = new ModelSettings(family, Optional.empty(), Optional.empty(), false);

    refusesBesideACard(card.toString(), preprocess, "--preprocess");
    refusesBesideACard(card.toString(), made, "--family");
    refusesBesideACard("efficientnet-lite0", preprocess, "--preprocess");
    refusesBesideACard("efficientnet-lite0", made, "--family");
    refusesBesideACard("efficientnet-lite0", labels, "--labels");
  }

  private void refusesBesideACard(String model, ModelSettings settings, String option) {
    assertThatThrownBy(() -> finder.find(model, settings))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "%s is for files that come without a card, and %s has one; leave the option out",
            option, model);
  }

  @Test
  void refusesTensorsWhoseFamilyNothingTells() {
    assertThatThrownBy(() -> finder.find(checkpoint.toString(), ModelSettings.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("--family");
  }

  @Test
  void refusesACheckpointOfWhichNothingSaysHowImagesArePrepared() {
    ModelSettings settings =
        new ModelSettings(Optional.of(Family.TIMM), Optional.empty(), Optional.empty(), false);

    assertThatThrownBy(() -> finder.find(checkpoint.toString(), settings))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("Nothing says how images are prepared for " + checkpoint);
  }

  @Test
  void saysNothingOfPreparationWhereACardSaysIt() throws IOException {
    Path card = card("lite0", "mine.safetensors");
    ModelSettings unsaid =
        new ModelSettings(Optional.of(Family.TIMM_TF), Optional.empty(), Optional.empty(), false);
    ModelSettings said =
        new ModelSettings(Optional.of(Family.TIMM_TF), Optional.empty(), Optional.of(card), false);

    assertThatThrownBy(() -> finder.find(checkpoint.toString(), unsaid))
        .isInstanceOf(ModelException.class);
    assertThat(notes).anyMatch(note -> note.contains("how images are prepared"));
    notes.clear();
    finder.find(checkpoint.toString(), said);

    assertThat(notes).noneMatch(note -> note.contains("prepared"));
  }

  @Test
  void refusesLabelsThatAreNotAsManyAsTheClasses() throws IOException {
    Path labels = Files.writeString(directory.resolve("two.txt"), "cat\ndog\n");
    ModelSettings settings =
        new ModelSettings(Optional.empty(), Optional.of(labels), Optional.empty(), false);

    assertThatThrownBy(() -> finder.find(card("lite0", "mine.safetensors").toString(), settings))
        .isInstanceOf(ModelException.class)
        .hasMessage("mine has 3 classes and 2 labels");
  }

  @Test
  void refusesACardOfAnotherArchitecture() throws IOException {
    Path card = card("b0", "mine.safetensors");

    assertThatThrownBy(() -> finder.find(card.toString(), ModelSettings.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessage("%s says architecture b0, and %s is lite0".formatted(card, checkpoint));
  }

  @Test
  void takesAnOnnxFileWithTheCardThatWasBuiltBesideIt() throws IOException {
    Model model = finder.find(card("lite0", "mine.safetensors").toString(), ModelSettings.NONE);
    Path built = Files.createDirectory(directory.resolve("built"));
    Files.write(built.resolve("m.onnx"), model.onnx());
    Files.writeString(built.resolve("labels.txt"), "cat\ndog\nnone\n");
    Files.writeString(
        built.resolve("card.json"), CardJson.write(CardDraft.ofBuilt(model.card(), "m.onnx")));

    Model again = finder.find(built.toString(), ModelSettings.NONE);

    assertThat(again.classes()).isEqualTo(3);
    assertThat(again.embeddingSize()).isEqualTo(1280);
    assertThat(again.labels()).isEqualTo(model.labels());
    assertThat(again.card().preprocessing()).isEqualTo(model.card().preprocessing());
  }

  @Test
  void saysWhereItHasLookedForAName() {
    for (String name : List.of("resnet50", "no/such/file.pth")) {
      assertThatThrownBy(() -> finder.find(name, ModelSettings.NONE))
          .isInstanceOf(UnknownModelException.class)
          .hasMessageStartingWith("There is no model " + name + ": it is no file");
    }
  }

  @Test
  void fetchesNothingOffline() {
    assertThatThrownBy(() -> finder.find("tf_efficientnet_b0.aa_in1k", ModelSettings.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(
            "HF_HUB_OFFLINE or --offline forbids to fetch tf_efficientnet_b0.aa_in1k to the shelf");
  }

  private Path card(String architecture, String weights) throws IOException {
    Files.writeString(directory.resolve("labels.txt"), "cat\ndog\nnone\n");
    ModelCard lite0 = Models.load("efficientnet-lite0").card();
    ModelCard card =
        new ModelCard(
            "mine",
            architecture,
            lite0.padding(),
            lite0.epsilon(),
            lite0.preprocessing(),
            Head.SIGMOID,
            "labels.txt",
            new ModelCard.Weights(weights, "timm-tf", "mine", "", "MIT"),
            Map.of());
    return Files.writeString(directory.resolve("card.json"), CardJson.write(card));
  }
}

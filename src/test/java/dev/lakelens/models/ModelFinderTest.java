package dev.lakelens.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.checkpoint.Checkpoint;
import dev.lakelens.checkpoint.Family;
import dev.lakelens.model.CardJson;
import dev.lakelens.model.Digest;
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
import dev.lakelens.shelf.Fetcher;
import dev.lakelens.shelf.Shelf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
  void refusesWeightsThatAreNotFiniteAndSaysItWhereTheyAreInspected(float value)
      throws IOException {
    Tensor bad = new Tensor(List.of(3), ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN));
    bad.floats().put(1, value);
    Map<String, Tensor> tensors = new HashMap<>(TENSORS.byName());
    tensors.put("classifier.bias", bad);
    SafetensorsWriter.write(checkpoint, tensors);
    String card = card("lite0", "mine.safetensors").toString();
    ModelSettings said = settings(Family.TIMM_TF, null, Path.of(card), false);

    for (Use use :
        List.<Use>of(
            () -> finder.find(card, ModelSettings.NONE),
            () -> finder.find(checkpoint.toString(), said))) {
      assertThatThrownBy(use::run)
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith(
              checkpoint + " is not usable: NaN or infinite values are in classifier.bias;");
    }
    Checkpoint found = finder.inspect(card, ModelSettings.NONE).checkpoint().orElseThrow();
    assertThat(found.notFinite()).containsExactly("classifier.bias");
    assertThat(found.description(false))
        .contains("  NOT usable: NaN or infinite values are in classifier.bias;");
  }

  @Test
  void inspectsAllThatItFinds() throws IOException {
    Path card = card("lite0", "mine.safetensors");
    ModelInspection jar = finder.inspect("efficientnet-lite0", ModelSettings.NONE);
    assertThat(jar.card()).contains(Models.card("efficientnet-lite0"));

    for (Path path : List.of(card, directory)) {
      ModelInspection found = finder.inspect(path.toString(), ModelSettings.NONE);
      assertThat(found.card().orElseThrow().name()).isEqualTo("mine");
      assertThat(found.checkpoint().orElseThrow().variant()).isEqualTo(Variant.LITE0);
    }
    ModelInspection file =
        finder.inspect(checkpoint.toString(), settings(Family.TIMM, null, null, false));
    assertThat(file.card()).isEmpty();
    assertThat(file.checkpoint().orElseThrow().family()).isEqualTo(Family.TIMM);

    Path onnx = directory.resolve("m.onnx");
    Files.write(onnx, finder.find(card.toString(), ModelSettings.NONE).onnx());
    assertThat(finder.inspect(onnx.toString(), ModelSettings.NONE).onnx().orElseThrow().classes())
        .isEqualTo(3);
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
        built.resolve("card.json"), CardJson.write(CardDraft.ofBuilt(model.card(), "m.onnx")));

    Model again = finder.find(built.toString(), ModelSettings.NONE);

    assertThat(again.classes()).isEqualTo(3);
    assertThat(again.embeddingSize()).isEqualTo(1280);
    assertThat(again.labels()).isEqualTo(model.labels());
    assertThat(again.card().preprocessing()).isEqualTo(model.card().preprocessing());
    assertThat(again.card().architecture()).isEqualTo(new ModelCard.Graph());
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

  /** Editors on Windows write it. */
  @Test
  void passesOverAByteOrderMark() throws IOException {
    Path card = card("lite0", "mine.safetensors");
    for (Path file : List.of(card, directory.resolve("labels.txt"))) {
      Files.writeString(file, "\uFEFF" + Files.readString(file));
    }

    assertThat(finder.find(card.toString(), ModelSettings.NONE).labels().name(0)).isEqualTo("cat");
  }

  @Test
  void saysWhereItHasLookedForAName() {
    for (String name : List.of("resnet50", "no/such/file.pth")) {
      assertThatThrownBy(() -> finder.find(name, ModelSettings.NONE))
          .isInstanceOf(UnknownModelException.class)
          .hasMessageStartingWith("There is no model " + name + ": it is no file");
    }
    assertThatThrownBy(() -> finder.find("", ModelSettings.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("The model has no name.");
  }

  @Test
  void fetchesNothingOffline() {
    assertThatThrownBy(() -> finder.find("tf_efficientnet_b0.aa_in1k", ModelSettings.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(
            "HF_HUB_OFFLINE or --offline forbids to fetch tf_efficientnet_b0.aa_in1k to the shelf");
  }

  /** What uses a model: to build it, and to inspect it. */
  private List<Use> uses(String model, ModelSettings settings) {
    return List.of(() -> finder.find(model, settings), () -> finder.inspect(model, settings));
  }

  private interface Use {
    void run() throws IOException;
  }

  private static ModelSettings settings(
      Family family, Path labels, Path preprocess, boolean externalData) {
    return new ModelSettings(
        Optional.ofNullable(family),
        Optional.ofNullable(labels),
        Optional.ofNullable(preprocess),
        externalData);
  }

  private static String sha256(byte[] bytes) {
    return new Digest().add(ByteBuffer.wrap(bytes)).hex();
  }

  private Path card(String architecture, String weights) throws IOException {
    Files.writeString(directory.resolve("labels.txt"), "cat\ndog\nnone\n");
    ModelCard lite0 = Models.load("efficientnet-lite0").card();
    ModelCard card =
        new ModelCard(
            "mine",
            new ModelCard.Variant(architecture, Padding.SAME, 1e-3),
            lite0.preprocessing(),
            Head.SIGMOID,
            "labels.txt",
            new ModelCard.Weights(weights, "timm-tf", "mine", "", "MIT"),
            Map.of());
    return Files.writeString(directory.resolve("card.json"), CardJson.write(card));
  }
}

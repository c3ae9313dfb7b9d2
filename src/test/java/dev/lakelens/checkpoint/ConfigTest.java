package dev.lakelens.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakelens.model.Labels;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import dev.lakelens.network.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands beside weight files, and what is usual where nothing does. */
class ConfigTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Optional<Family> UNSAID = Optional.empty();
  private static final String TIMM = "{\"architecture\": \"efficientnet_b0\", %s}";
  private static final String TRANSFORMERS = "{\"model_type\": \"efficientnet\"%s}";

  @TempDir private Path folder;

  /** Every EfficientNet that timm publishes. */
  static Stream<Named<JsonNode>> timm() throws IOException {
    JsonNode all = JSON.readTree(StateDicts.lines("/checkpoint/timm_configs.json.gz").get(0));
    return StreamSupport.stream(all.spliterator(), false)
        .map(config -> Named.of(config.path("name").asText(), config));
  }

  static Stream<Named<JsonNode>> torchvision() throws IOException {
    try (InputStream in =
        ConfigTest.class.getResourceAsStream("/checkpoint/torchvision_transforms.json")) {
      return StreamSupport.stream(JSON.readTree(in).spliterator(), false)
          .map(weights -> Named.of(weights.path("file").asText(), weights));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("timm")
  void preparesAsTimmsTransformDoes(JsonNode published) throws IOException {
    config(published.path("config").toString());
    Config config = Config.in(folder).orElseThrow();

    assertThat(config.preprocessing()).hasValue(preprocessing(published.path("transform")));
    assertThat(config.family())
        .isEqualTo(
            published.path("name").asText().startsWith("tf_") ? Family.TIMM_TF : Family.TIMM);
    assertThat(config.notes()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("timm")
  void assumesWhatTimmPublishesWhereItAssumesAnything(JsonNode published) {
    String name = published.path("name").asText();
    Variant variant = Variant.named(name.replaceFirst(".*efficientnet_", "").split("\\.", 2)[0]);
    Family family = FileName.family(name, variant).orElseThrow();
    Optional<Preprocessing> usual = UsualPreprocessing.of(family, variant, name);

    boolean several = variant == Variant.L2 || (family == Family.TIMM && variant == Variant.B5);
    assertThat(usual.isEmpty()).isEqualTo(several);
    usual.ifPresent(
        assumed -> assertThat(assumed).isEqualTo(preprocessing(published.path("transform"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("torchvision")
  void assumesWhatTorchvisionPublishes(JsonNode published) {
    Variant variant = Variant.named(published.path("name").asText());
    String file = published.path("file").asText();

    assertThat(UsualPreprocessing.of(Family.TORCHVISION, variant, file))
        .hasValue(preprocessing(published));
  }

  @Test
  void assumesNothingOfTorchvisionsB1WithoutItsPublishedName() {
    assertThat(UsualPreprocessing.of(Family.TORCHVISION, Variant.B1, "b1.pth")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "EFFICIENTNET_PYTORCH, B0, efficientnet-b0-355c32eb.pth, 224, 224, 0.485",
    "EFFICIENTNET_PYTORCH, B1, adv-efficientnet-b1-0f3ce85a.pth, 240, 240, 0.5",
    "EFFICIENTNET_PYTORCH, B8, adv-efficientnet-b8-22a8fe65.pth, 672, 672, 0.5",
    "EFFICIENTNET_LITE_PYTORCH, LITE0, efficientnet-lite0-57934424.pth, 224, 256, 0.5",
    "RANGILYU, LITE1, efficientnet_lite1.pth, 240, 272, 0.498"
  })
  void assumesWhatOthersPublish(
      Family family, Variant variant, String file, int inputSize, int resizeTo, double mean) {
    Preprocessing usual = UsualPreprocessing.of(family, variant, file).orElseThrow();

    assertThat(usual.inputSize()).isEqualTo(inputSize);
    assertThat(usual.resizeTo()).isEqualTo(resizeTo);
    assertThat(usual.mean().get(0)).isEqualTo(mean);
    assertThat(usual.interpolation()).isEqualTo(Interpolation.BICUBIC);
  }

  @Test
  void squashesWhereTimmDoes() throws IOException {
    config(
        TIMM.formatted(
            """
            "pretrained_cfg": {"input_size": [3, 416, 416], "crop_pct": 0.95, "crop_mode": "squash",
            "interpolation": "bilinear", "mean": [0.1, 0.2, 0.3], "std": [0.4, 0.5, 0.6]}
            """));

    assertThat(Config.in(folder).orElseThrow().preprocessing())
        .hasValue(
            new Preprocessing(
                416,
                Resize.SQUASH,
                437, // floor(416 / 0.95)
                Interpolation.BILINEAR,
                Range.UNIT,
                List.of(0.1, 0.2, 0.3),
                List.of(0.4, 0.5, 0.6)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[3, 224, 224]; border; bicubic",
        "[3, 224, 192]; center; bicubic",
        "[1, 224, 224]; center; bicubic",
        "[3, 224, 224]; center; lanczos"
      })
  void saysWhatOfTimmsItDoesNotDo(String size, String mode, String interpolation)
      throws IOException {
    config(
        TIMM.formatted(
            "\"input_size\": %s, \"crop_mode\": \"%s\", \"interpolation\": \"%s\""
                .formatted(size, mode, interpolation)));
    Checkpoint checkpoint = timmB0(1000);

    assertThat(checkpoint.preprocessing()).isEmpty();
    assertThat(checkpoint.notes())
        .anyMatch(note -> note.contains("which Lakelens does not; say how in a card"));
  }

  @Test
  void namesClassesAsTimmDoes() throws IOException {
    config(
        TIMM.formatted(
            "\"num_classes\": 2, \"label_names\": [\"cat\", \"dog\"], "
                + "\"input_size\": [3, 224, 224]"));

    assertThat(timmB0(2).labels()).hasValue(new Labels(List.of("cat", "dog")));
    assertThat(timmB0(0).labels()).isEmpty();
    assertThatThrownBy(() -> timmB0(3))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "config.json beside model.safetensors says 2 classes and names 2, and the classifier "
                + "has 3; correct it, or move it away");
  }

  @ParameterizedTest
  @CsvSource({
    "efficientnet_b1_pruned",
    "mobilenetv2_100",
    "efficientnet_es",
    "tf_efficientnetv2_b0"
  })
  void refusesOtherArchitectures(String architecture) throws IOException {
    config("{\"architecture\": \"%s\"}".formatted(architecture));

    assertThatThrownBy(() -> timmB0(1000))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith(
            ("config.json says the architecture %s; Lakelens runs timm's "
                    + "efficientnet and tf_efficientnet b0 to b8, l2 and lite0 to lite4")
                .formatted(architecture));
  }

  @Test
  void refusesTheConfigOfAnotherVariant() throws IOException {
    config("{\"architecture\": \"efficientnet_b1\"}");

    assertThatThrownBy(() -> timmB0(1000))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "config.json beside model.safetensors says EfficientNet b1, and its tensors are of b0");
  }

  @Test
  void refusesArgumentsThatMakeAnotherNetwork() throws IOException {
    config(TIMM.formatted("\"model_args\": {\"pad_type\": \"same\"}"));

    assertThatThrownBy(() -> timmB0(1000))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith(
            "config.json has the model argument pad_type, which makes another "
                + "network than timm's of that name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{| is not JSON: it breaks off in line 1",
        "[]| is not a JSON object",
        "{}| has neither timm's architecture nor transformers' model_type; move it away",
        "{\"model_type\": \"vit\"}| says model_type \"vit\"; Lakelens runs efficientnet only",
      })
  void refusesOtherFiles(String json, String sentence) throws IOException {
    config(json);

    assertThatThrownBy(() -> Config.in(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(folder.resolve("config.json").toString())
        .hasMessageContaining(sentence.strip());
  }

  /** The second division by the standard deviation is transformers' {@code include_top}. */
  @Test
  void preparesAsTransformersDoes() throws IOException {
    config(TRANSFORMERS.formatted(", \"image_size\": 224, \"batch_norm_eps\": 0.002"));
    preprocessor("\"resample\": 3, \"include_top\": true");
    Checkpoint checkpoint =
        Checkpoints.recognise(StateDicts.zeros("transformers b0"), folder, UNSAID);

    assertThat(checkpoint.epsilon()).isEqualTo(0.002);
    assertThat(checkpoint.preprocessing())
        .hasValue(
            new Preprocessing(
                224,
                Resize.SQUASH,
                224,
                Interpolation.BICUBIC,
                Range.UNIT,
                List.of(0.5, 0.25, 0.125),
                List.of(0.25, 0.0625, 1.0)));
    assertThat(checkpoint.notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // three pixels of a border are one and two in transformers, two and one in torchvision
        "\"resample\": 0, \"do_center_crop\": true, \"crop_size\": 221",
        "\"resample\": 1",
        "\"resample\": 0, \"do_resize\": false",
        "\"resample\": 0, \"rescale_offset\": true"
      })
  void saysWhatOfTransformersItDoesNotDo(String more) throws IOException {
    config(TRANSFORMERS.formatted(""));
    preprocessor(more);
    Checkpoint checkpoint =
        Checkpoints.recognise(StateDicts.zeros("transformers b0"), folder, UNSAID);

    assertThat(checkpoint.preprocessing()).isEmpty();
    assertThat(checkpoint.notes())
        .anyMatch(
            note ->
                note.contains("prepares images in a way that Lakelens does not: resample ")
                    && note.contains("say in a card how to prepare them, and measure it"));
  }

  /** As the steps of transformers' processor make them of a dark and a bright pixel. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"include_top\": true| -2| 2",
        "\"include_top\": false| -1| 1",
        "\"do_normalize\": false| 0| 2",
        "\"do_normalize\": false, \"include_top\": false| 0| 1",
        "\"do_rescale\": false| -2| 1018",
        "\"rescale_factor\": 0.00784313725490196, \"rescale_offset\": true| -6| 2"
      })
  void normalisesAsTransformersDoes(String more, double dark, double bright) throws IOException {
    config(TRANSFORMERS.formatted(""));
    preprocessor("\"resample\": 0, " + more);
    Preprocessing preprocessing = Config.in(folder).orElseThrow().preprocessing().orElseThrow();

    double mean = preprocessing.mean().get(0);
    double std = preprocessing.std().get(0);
    assertThat(preprocessing.interpolation()).isEqualTo(Interpolation.NEAREST);
    assertThat((0 - mean) / std).isCloseTo(dark, within(1e-9));
    assertThat((1 - mean) / std).isCloseTo(bright, within(1e-9));
  }

  @Test
  void saysThatTransformersPadsForOneSize() throws IOException {
    config(TRANSFORMERS.formatted(", \"image_size\": 240"));
    preprocessor("\"resample\": 2, \"include_top\": false");
    Config config = Config.in(folder).orElseThrow();

    assertThat(config.notes())
        .containsExactly(
            "transformers pads as for 240 pixels and prepares 224: its numbers "
                + "may differ a little");
    assertThat(config.preprocessing().orElseThrow().std()).containsExactly(0.5, 0.25, 1.0);
  }

  @Test
  void namesClassesAsTransformersDoes() throws IOException {
    config(TRANSFORMERS.formatted(", \"id2label\": {\"1\": \"dog\", \"0\": \"cat\"}"));
    assertThat(Config.in(folder).orElseThrow().labels())
        .hasValue(new Labels(List.of("cat", "dog")));

    config(TRANSFORMERS.formatted(", \"id2label\": {\"0\": \"LABEL_0\", \"1\": \"LABEL_1\"}"));
    assertThat(Config.in(folder).orElseThrow().labels()).isEmpty();
  }

  private Checkpoint timmB0(int classes) {
    return Checkpoints.recognise(
        MakersFiles.timm("model.safetensors", Variant.B0, classes), folder, UNSAID);
  }

  private void config(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
  }

  private void preprocessor(String more) throws IOException {
    Files.writeString(
        folder.resolve("preprocessor_config.json"),
        """
        {"do_resize": true, "do_rescale": true, "do_normalize": true, "do_center_crop": false,
        "rescale_factor": 0.00392156862745098, "rescale_offset": false,
        "size": {"height": 224, "width": 224}, "crop_size": {"height": 289, "width": 289},
        "image_mean": [0.5, 0.25, 0.125], "image_std": [0.5, 0.25, 1.0], %s}
        """
            .formatted(more));
  }

  private static Preprocessing preprocessing(JsonNode transform) {
    return new Preprocessing(
        transform.path("input_size").asInt(),
        transform.path("resize").asText().equals("squash") ? Resize.SQUASH : Resize.SHORTER_SIDE,
        transform.path("resize_to").asInt(),
        Interpolation.valueOf(transform.path("interpolation").asText().toUpperCase(Locale.ROOT)),
        Range.UNIT,
        numbers(transform.path("mean")),
        numbers(transform.path("std")));
  }

  private static List<Double> numbers(JsonNode values) {
    List<Double> numbers = new ArrayList<>();
    values.forEach(value -> numbers.add(value.asDouble()));
    return numbers;
  }
}

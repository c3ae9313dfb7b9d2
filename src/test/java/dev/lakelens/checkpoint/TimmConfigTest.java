package dev.lakelens.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakelens.model.Labels;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import dev.lakelens.network.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimmConfigTest {
  private static final String TIMM = "{\"architecture\": \"efficientnet_b0\", %s}";

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.lakelens.checkpoint.PublishedTransforms#timm")
  void preparesAsTimmsTransformDoes(JsonNode published) throws IOException {
    config(published.path("config").toString());
    Config config = Config.in(folder).orElseThrow();

    assertThat(config.preprocessing())
        .hasValue(PublishedTransforms.preprocessing(published.path("transform")));
    assertThat(config.family())
        .isEqualTo(
            published.path("name").asText().startsWith("tf_") ? Family.TIMM_TF : Family.TIMM);
    assertThat(config.notes()).isEmpty();
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
    assertThat(checkpoint.preparation())
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

  @ParameterizedTest
  @CsvSource({
    "efficientnet_b0, TIMM, B0",
    "efficientnet_lite0, TIMM, LITE0",
    "tf_efficientnet_b8, TIMM_TF, B8",
    "tf_efficientnet_b1_aa, TIMM_TF, B1",
    "tf_efficientnet_b2_ap, TIMM_TF, B2",
    "tf_efficientnet_l2_ns, TIMM_TF, L2",
    "tf_efficientnet_l2_ns_475, TIMM_TF, L2",
    "tf_efficientnet_b0.ns_jft_in1k, TIMM_TF, B0"
  })
  void namesFamilyAndVariant(String architecture, Family family, Variant variant)
      throws IOException {
    config("{\"architecture\": \"%s\"}".formatted(architecture));
    Config config = Config.in(folder).orElseThrow();

    assertThat(config.family()).isEqualTo(family);
    assertThat(config.variant()).hasValue(variant);
    assertThat(config.preprocessing()).isEmpty();
    assertThat(config.notes()).isEmpty();
  }

  /** As timm's resolve_data_config. */
  @Test
  void preparesAsUsualWhereItLeavesOutHow() throws IOException {
    config(TIMM.formatted("\"input_size\": [3, 100, 100]"));

    assertThat(Config.in(folder).orElseThrow().preprocessing())
        .hasValue(
            new Preprocessing(
                100,
                Resize.SHORTER_SIDE,
                114, // floor(100 / 0.875)
                Interpolation.BICUBIC,
                Range.UNIT,
                List.of(0.485, 0.456, 0.406),
                List.of(0.229, 0.224, 0.225)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"num_classes\": 2, \"label_names\": [\"cat\", \"dog\"]|2",
        "\"pretrained_cfg\": {\"num_classes\": 2, \"label_names\": [\"cat\", \"dog\"]}|2",
        "\"num_classes\": 3, \"pretrained_cfg\": {\"num_classes\": 2}|0",
        "\"label_names\": [\"LABEL_0\", \"LABEL_1\"]|0",
        "\"label_names\": {\"0\": \"cat\", \"5\": \"dog\"}|0",
        "\"label_names\": []|0"
      })
  void countsAndNamesClasses(String fields, int labels) throws IOException {
    config(TIMM.formatted(fields));
    Config config = Config.in(folder).orElseThrow();

    assertThat(config.labels().map(Labels::size).orElse(0)).isEqualTo(labels);
    assertThat(config.classes().orElse(0))
        .isEqualTo(fields.contains("num_classes") ? labels == 0 ? 3 : 2 : 0);
  }

  @Test
  void mayNameAnotherNumberOfClassesWhereThereIsNoClassifier() throws IOException {
    config(TIMM.formatted("\"num_classes\": 1000"));

    assertThat(timmB0(0).classes()).isZero();
  }

  @Test
  void refusesAnotherNumberOfClassesOrNames() throws IOException {
    config(TIMM.formatted("\"num_classes\": 2, \"label_names\": [\"cat\"]"));
    assertThatThrownBy(() -> timmB0(2))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("says 2 classes and names 1, and the classifier has 2");

    config(TIMM.formatted("\"num_classes\": 3"));
    assertThatThrownBy(() -> timmB0(2))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("says 3 classes and names 2, and the classifier has 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pad_type", "bn_eps", "norm_layer", "act_layer", "se_layer", "round_chs_fn"})
  void refusesArgumentsThatMakeAnotherNetwork(String argument) throws IOException {
    config(TIMM.formatted("\"model_args\": {\"%s\": \"same\"}".formatted(argument)));

    assertThatThrownBy(() -> timmB0(1000))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith(
            ("config.json has the model argument %s, which makes another "
                    + "network than timm's of that name")
                .formatted(argument));
  }

  private Checkpoint timmB0(int classes) {
    return Checkpoints.recognise(
        MakersFiles.timm("model.safetensors", Variant.B0, classes), folder);
  }

  private void config(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
  }
}

package dev.lakelens.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakelens.model.Labels;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformersConfigTest {
  private static final String TRANSFORMERS = "{\"model_type\": \"efficientnet\"%s}";

  @TempDir private Path folder;

  /** The second division by the standard deviation is transformers' {@code include_top}. */
  @Test
  void preparesAsTransformersDoes() throws IOException {
    config(TRANSFORMERS.formatted(", \"image_size\": 224, \"batch_norm_eps\": 0.002"));
    preprocessor("\"resample\": 3, \"include_top\": true");
    Checkpoint checkpoint = Checkpoints.recognise(StateDicts.zeros("transformers b0"), folder);

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
        "\"resample\": 3, \"size\": {\"height\": 224, \"width\": 225}",
        "\"resample\": 3, \"size\": {\"shortest_edge\": 224}",
        "\"resample\": 3, \"do_center_crop\": true, \"crop_size\": {\"height\": 9, \"width\": 8}",
        "\"resample\": 0, \"do_resize\": false",
        "\"resample\": 0, \"rescale_offset\": true"
      })
  void saysWhatOfTransformersItDoesNotDo(String more) throws IOException {
    config(TRANSFORMERS.formatted(""));
    preprocessor(more);
    Checkpoint checkpoint = Checkpoints.recognise(StateDicts.zeros("transformers b0"), folder);

    assertThat(checkpoint.preprocessing()).isEmpty();
    assertThat(checkpoint.preparation())
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hidden_act|swish or silu|relu",
        "pooling_type|mean|max",
        "model_type|efficientnet|efficientnet_v2"
      })
  void refusesOtherNetworks(String key, String known, String value) throws IOException {
    config(with(TRANSFORMERS.formatted(""), "\"%s\": \"%s\"".formatted(key, value)));

    assertThatThrownBy(() -> Config.in(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith(
            "config.json says %s \"%s\"; Lakelens runs %s only".formatted(key, value, known));
  }

  @ParameterizedTest
  @ValueSource(strings = {"swish", "silu"})
  void takesSwishByBothItsNames(String name) throws IOException {
    config(TRANSFORMERS.formatted(", \"hidden_act\": \"%s\"".formatted(name)));

    assertThat(Config.in(folder).orElseThrow().family()).isEqualTo(Family.TRANSFORMERS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"resample\": 2|224|224|BILINEAR",
        "\"resample\": 2, \"size\": 200|200|200|BILINEAR",
        "\"resample\": 3, \"do_center_crop\": true, \"crop_size\": 220|224|220|BICUBIC",
        "\"resample\": 3, \"do_center_crop\": true, \"crop_size\": {\"height\": 222, "
            + "\"width\": 222}|224|222|BICUBIC"
      })
  void squashesAndCropsAsTransformersDoes(
      String more, int resizeTo, int size, Interpolation interpolation) throws IOException {
    config(TRANSFORMERS.formatted(""));
    preprocessor(more);
    Preprocessing preprocessing = Config.in(folder).orElseThrow().preprocessing().orElseThrow();

    assertThat(preprocessing.resize()).isEqualTo(Resize.SQUASH);
    assertThat(preprocessing.resizeTo()).isEqualTo(resizeTo);
    assertThat(preprocessing.inputSize()).isEqualTo(size);
    assertThat(preprocessing.interpolation()).isEqualTo(interpolation);
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

  @Test
  void namesNoClassesWhereOneHasNoName() throws IOException {
    config(TRANSFORMERS.formatted(", \"id2label\": {\"0\": \"cat\", \"2\": \"dog\"}"));

    assertThat(Config.in(folder).orElseThrow().labels()).isEmpty();
  }

  private void config(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
  }

  private void preprocessor(String more) throws IOException {
    String usual =
        """
        {"do_resize": true, "do_rescale": true, "do_normalize": true, "do_center_crop": false,
        "rescale_factor": 0.00392156862745098, "rescale_offset": false,
        "size": {"height": 224, "width": 224}, "crop_size": {"height": 289, "width": 289},
        "image_mean": [0.5, 0.25, 0.125], "image_std": [0.5, 0.25, 1.0]}
        """;
    Files.writeString(folder.resolve("preprocessor_config.json"), with(usual, more));
  }

  /** An object with more keys, or with other values of those that it has. */
  private static String with(String object, String more) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode all = (ObjectNode) json.readTree(object);
    all.setAll((ObjectNode) json.readTree("{" + more + "}"));
    return all.toString();
  }
}

package dev.lakelens.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{| is not JSON: it breaks off in line 1",
        "[]| is not a JSON object",
        "{\"a\": 1, \"a\": 2}| is not JSON: it has the key a twice, again in line 1",
        "{} {}| is not JSON: it cannot be read at line 1",
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

  @ParameterizedTest
  @ValueSource(strings = {"LABEL_0", "LABEL_10"})
  void takesNoPlaceholdersForNames(String placeholder) {
    assertThat(Config.labels(List.of(placeholder))).isEmpty();
    assertThat(Config.labels(List.of(placeholder, "cat"))).isPresent();
  }

  @Test
  void refusesFilesThatAreTooLargeOrTooDeep() throws IOException {
    config(" ".repeat(16 << 20) + "{");
    assertThatThrownBy(() -> Config.in(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(folder.resolve("config.json") + " has over 16 MB");
    config("{\"a\":".repeat(1 << 20));
    assertThatThrownBy(() -> Config.in(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(" is not JSON: it is nested over 1000 deep");
  }

  private void config(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
  }
}

package dev.lakelens.checkpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {

  @TempDir private Path folder;

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

  private void config(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
  }
}

package dev.lakelens.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;

/** How the makers of published weights prepare images, by their own code. */
final class PublishedTransforms {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PublishedTransforms() {}

  /** Every EfficientNet that timm publishes. */
  static Stream<Named<JsonNode>> timm() throws IOException {
    JsonNode all = JSON.readTree(StateDicts.lines("/checkpoint/timm_configs.json.gz").get(0));
    return StreamSupport.stream(all.spliterator(), false)
        .map(config -> Named.of(config.path("name").asText(), config));
  }

  static Stream<Named<JsonNode>> torchvision() throws IOException {
    try (InputStream in =
        PublishedTransforms.class.getResourceAsStream("/checkpoint/torchvision_transforms.json")) {
      return StreamSupport.stream(JSON.readTree(in).spliterator(), false)
          .map(weights -> Named.of(weights.path("file").asText(), weights));
    }
  }

  static Preprocessing preprocessing(JsonNode transform) {
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

package dev.lakelens.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakelens.model.Counted;
import dev.lakelens.model.FileFault;
import dev.lakelens.model.JsonFault;
import dev.lakelens.model.Labels;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.StrictJson;
import dev.lakelens.model.TextFile;
import dev.lakelens.network.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the config.json beside a weight file says.
 *
 * @param variant of the network, where it is named
 * @param epsilon of batch normalisation, where it is said
 * @param classes rows of the classifier, where they are counted
 * @param preprocessing where it can be done exactly
 * @param labels where classes have names
 * @param notes what it says of preparation that is not followed, a sentence each
 */
record Config(
    Family family,
    Optional<Variant> variant,
    OptionalDouble epsilon,
    OptionalInt classes,
    Optional<Preprocessing> preprocessing,
    Optional<Labels> labels,
    List<String> notes) {
  static final String FILE = "config.json";

  Config {
    notes = List.copyOf(notes);
  }

  /**
   * Reads the file that timm or transformers put into a folder; there may be none.
   *
   * @throws ModelException where it is no JSON, or says that the network is no EfficientNet
   */
  static Optional<Config> in(Path folder) {
    return json(folder.resolve(FILE)).map(root -> read(root, folder));
  }

  /** The JSON object in a file, where there is such a file. */
  static Optional<JsonNode> json(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode root = StrictJson.read(TextFile.read(file));
      if (!root.isObject()) {
        throw new ModelException(file + " is not a JSON object");
      }
      return Optional.of(root);
    } catch (JsonProcessingException e) {
      throw new ModelException("%s is not JSON: %s".formatted(file, JsonFault.of(e)), e);
    } catch (IOException e) {
      throw new ModelException("%s cannot be read: %s".formatted(file, FileFault.of(e)), e);
    }
  }

  /** Labels of names; none where they are transformers' LABEL_0 and so on, which name nothing. */
  static Optional<Labels> labels(List<String> names) {
    boolean named = names.stream().anyMatch(name -> !name.matches("LABEL_\\d+"));
    return named ? Optional.of(new Labels(names)) : Optional.empty();
  }

  /** The numbers of a list, or others where it is not there. */
  static List<Double> numbers(JsonNode values, List<Double> otherwise) {
    if (values.isEmpty()) {
      return otherwise;
    }
    List<Double> numbers = new ArrayList<>();
    values.forEach(value -> numbers.add(value.asDouble()));
    return numbers;
  }

  private static Config read(JsonNode root, Path folder) {
    Path file = folder.resolve(FILE);
    if (root.path("architecture").isTextual()) {
      return TimmConfig.read(root, file);
    }
    if (root.path("model_type").isTextual()) {
      return TransformersConfig.read(root, folder);
    }
    throw new ModelException(
        ("%s has neither timm's architecture nor transformers' model_type; move "
                + "it away, or replace it by the model's")
            .formatted(file));
  }

  /**
   * @throws ModelException where it speaks of another variant or number of classes than the tensors
   */
  void requireAgreement(String source, Variant recognised, int rows) {
    variant
        .filter(named -> named != recognised)
        .ifPresent(
            named -> {
              throw new ModelException(
                  "%s beside %s says EfficientNet %s, and its tensors are of %s"
                      .formatted(FILE, source, named.text(), recognised.text()));
            });
    int names = labels.map(Labels::size).orElse(rows);
    if (rows > 0 && (classes.orElse(rows) != rows || names != rows)) {
      throw new ModelException(
          ("%s beside %s says %s and names %d, and the classifier has %d; "
                  + "correct it, or move it away")
              .formatted(FILE, source, Counted.classes(classes.orElse(names)), names, rows));
    }
  }
}

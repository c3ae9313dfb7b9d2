package dev.lakelens.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakelens.model.Labels;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the config.json and preprocessor_config.json of transformers' EfficientNet. */
final class TransformersConfig {
  private static final String PREPROCESSOR = "preprocessor_config.json";
  private static final Set<String> SILU = Set.of("swish", "silu");
  private static final double UNIT = 1.0 / 255;

  private TransformersConfig() {}

  static Config read(JsonNode root, Path folder) {
    Path file = folder.resolve(Config.FILE);
    require(root, file, "model_type", Set.of("efficientnet"));
    if (root.has("hidden_act")) {
      require(root, file, "hidden_act", SILU);
    }
    if (root.has("pooling_type")) {
      require(root, file, "pooling_type", Set.of("mean"));
    }
    Optional<Labels> labels = labels(root.path("id2label"));
    List<String> notes = new ArrayList<>();
    Optional<Preprocessing> preprocessing = preprocessing(folder, notes);
    preprocessing.ifPresent(p -> notePadding(root.path("image_size"), p.inputSize(), notes));
    JsonNode epsilon = root.path("batch_norm_eps");
    return new Config(
        Family.TRANSFORMERS,
        Optional.empty(),
        epsilon.isNumber() ? OptionalDouble.of(epsilon.doubleValue()) : OptionalDouble.empty(),
        OptionalInt.empty(),
        preprocessing,
        labels,
        notes);
  }

  private static void require(JsonNode root, Path file, String key, Set<String> known) {
    if (!known.contains(root.path(key).asText())) {
      throw new ModelException(
          "%s says %s %s; Lakelens runs %s only"
              .formatted(file, key, root.path(key), String.join(" or ", known)));
    }
  }

  /** Names by class id; transformers writes LABEL_0 and so on where there are none. */
  private static Optional<Labels> labels(JsonNode names) {
    List<String> labels = new ArrayList<>();
    for (int id = 0; id < names.size(); id++) {
      if (!names.has(String.valueOf(id))) {
        return Optional.empty();
      }
      labels.add(names.get(String.valueOf(id)).asText());
    }
    boolean named = labels.stream().anyMatch(label -> !label.matches("LABEL_\\d+"));
    return named ? Optional.of(new Labels(labels)) : Optional.empty();
  }

  /** transformers pads as fits one size of input, and SAME as fits each. */
  private static void notePadding(JsonNode size, int inputSize, List<String> notes) {
    if (size.isInt() && size.intValue() != inputSize) {
      notes.add(
          "transformers pads as for %d pixels and prepares %d: its numbers may differ a little"
              .formatted(size.intValue(), inputSize));
    }
  }

  private static Optional<Preprocessing> preprocessing(Path folder, List<String> notes) {
    Path file = folder.resolve(PREPROCESSOR);
    Optional<JsonNode> root = Config.json(file);
    return root.flatMap(
        fields -> {
          Optional<Preprocessing> preprocessing = preprocessing(fields, file);
          if (preprocessing.isEmpty()) {
            notes.add(
                ("%s prepares images in a way that Lakelens does not: resample "
                        + "%s, size %s, crop_size %s; say in a card how to prepare them, "
                        + "and measure it")
                    .formatted(
                        file,
                        fields.path("resample"),
                        fields.path("size"),
                        fields.path("crop_size")));
          }
          return preprocessing;
        });
  }

  private static Optional<Preprocessing> preprocessing(JsonNode fields, Path file) {
    Optional<Interpolation> interpolation = interpolation(fields.path("resample"));
    int resizeTo = square(fields.path("size"));
    boolean crops = fields.path("do_center_crop").asBoolean(false);
    int size = crops ? square(fields.path("crop_size")) : resizeTo;
    boolean plain =
        fields.path("do_resize").asBoolean(true)
            && fields.path("do_rescale").asBoolean(true)
            && fields.path("do_normalize").asBoolean(true)
            && !fields.path("rescale_offset").asBoolean(false)
            && Math.abs(fields.path("rescale_factor").asDouble(UNIT) - UNIT) < 1e-9;
    if (interpolation.isEmpty() || resizeTo == 0 || size == 0 || !plain) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Preprocessing(
              size,
              Resize.SQUASH,
              resizeTo,
              interpolation.orElseThrow(),
              Range.UNIT,
              TimmConfig.numbers(fields.path("image_mean"), UsualPreprocessing.IMAGENET_MEAN),
              std(fields)));
    } catch (IllegalArgumentException e) {
      throw new ModelException("%s cannot be followed: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** For a classifier transformers divides by the standard deviation twice. */
  private static List<Double> std(JsonNode fields) {
    List<Double> std =
        TimmConfig.numbers(fields.path("image_std"), UsualPreprocessing.IMAGENET_STD);
    boolean twice = fields.path("include_top").asBoolean(true);
    return twice ? std.stream().map(value -> value * value).toList() : std;
  }

  /** Pillow's numbers of filters. */
  private static Optional<Interpolation> interpolation(JsonNode resample) {
    return switch (resample.asInt(-1)) {
      case 2 -> Optional.of(Interpolation.BILINEAR);
      case 3 -> Optional.of(Interpolation.BICUBIC);
      default -> Optional.empty();
    };
  }

  /** Side of a square, 0 for anything else. */
  private static int square(JsonNode size) {
    if (size.isInt()) {
      return size.intValue();
    }
    int height = size.path("height").asInt(0);
    return height == size.path("width").asInt(0) ? height : 0;
  }
}

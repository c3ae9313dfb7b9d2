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

/** Reads the config.json and preprocessor_config.json of transformers' EfficientNet. */
final class TransformersConfig {
  private static final String PREPROCESSOR = "preprocessor_config.json";
  private static final List<String> SILU = List.of("swish", "silu");
  private static final double UNIT = 1.0 / 255;

  private TransformersConfig() {}

  static Config read(JsonNode root, Path folder) {
    Path file = folder.resolve(Config.FILE);
    require(root, file, "model_type", List.of("efficientnet"));
    if (root.has("hidden_act")) {
      require(root, file, "hidden_act", SILU);
    }
    if (root.has("pooling_type")) {
      require(root, file, "pooling_type", List.of("mean"));
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

  private static void require(JsonNode root, Path file, String key, List<String> known) {
    if (!known.contains(root.path(key).asText())) {
      throw new ModelException(
          "%s says %s %s; Lakelens runs %s only"
              .formatted(file, key, root.path(key), String.join(" or ", known)));
    }
  }

  /** Names by class id; where one lacks, none counts. */
  private static Optional<Labels> labels(JsonNode names) {
    List<String> labels = new ArrayList<>();
    for (int id = 0; id < names.size(); id++) {
      if (!names.has(String.valueOf(id))) {
        return Optional.empty();
      }
      labels.add(names.get(String.valueOf(id)).asText());
    }
    return Config.labels(labels);
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
                        + "%s, size %s, crop_size %s, rescale_offset %s; say in a card how to prepare them, "
                        + "and measure it")
                    .formatted(
                        file,
                        fields.path("resample"),
                        fields.path("size"),
                        fields.path("crop_size"),
                        fields.path("rescale_offset")));
          }
          return preprocessing;
        });
  }

  private static Optional<Preprocessing> preprocessing(JsonNode fields, Path file) {
    Optional<Interpolation> interpolation = interpolation(fields.path("resample"));
    int resizeTo = square(fields.path("size"));
    boolean crops = fields.path("do_center_crop").asBoolean(false);
    int size = crops ? square(fields.path("crop_size")) : resizeTo;
    Normalization normalization = Normalization.of(fields);
    if (interpolation.isEmpty()
        || resizeTo == 0
        || size == 0
        || !cropsAlike(resizeTo, size)
        || !normalization.certain()
        || !fields.path("do_resize").asBoolean(true)) {
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
              normalization.mean(),
              normalization.std()));
    } catch (IllegalArgumentException e) {
      throw new ModelException("%s cannot be followed: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** transformers rounds a crop's offset down, torchvision halves to the even neighbour. */
  private static boolean cropsAlike(int resizeTo, int size) {
    return Math.floorMod(resizeTo - size, 4) != 3;
  }

  /**
   * The steps of transformers' image processor as one: what is subtracted from 0 to 1, and what the
   * rest is divided by.
   *
   * @param certain whether all versions agree: an offset is 127.5 before the factor in some and 1
   *     after it in others, which is one thing for a factor of 1 / 127.5 only
   */
  private record Normalization(List<Double> mean, List<Double> std, boolean certain) {

    static Normalization of(JsonNode fields) {
      boolean rescales = fields.path("do_rescale").asBoolean(true);
      double range = rescales ? 255 * fields.path("rescale_factor").asDouble(UNIT) : 255;
      boolean centres = rescales && fields.path("rescale_offset").asBoolean(false);
      boolean normalizes = fields.path("do_normalize").asBoolean(true);
      int divisions = (normalizes ? 1 : 0) + (fields.path("include_top").asBoolean(true) ? 1 : 0);
      List<Double> mean =
          Config.numbers(fields.path("image_mean"), UsualPreprocessing.IMAGENET_MEAN);
      List<Double> std = Config.numbers(fields.path("image_std"), UsualPreprocessing.IMAGENET_STD);
      return new Normalization(
          mean.stream().map(m -> (normalizes ? m / range : 0) + (centres ? 0.5 : 0)).toList(),
          std.stream().map(s -> Math.pow(s, divisions) / range).toList(),
          !centres || Math.abs(range - 2) < 1e-6);
    }
  }

  /** Pillow's numbers of filters. */
  private static Optional<Interpolation> interpolation(JsonNode resample) {
    return switch (resample.asInt(-1)) {
      case 0 -> Optional.of(Interpolation.NEAREST);
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

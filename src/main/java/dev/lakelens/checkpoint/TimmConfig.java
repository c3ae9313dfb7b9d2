package dev.lakelens.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakelens.model.Labels;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import dev.lakelens.network.Variant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the config.json of timm; what it leaves out is as in timm's {@code resolve_data_config}.
 */
final class TimmConfig {
  private static final Pattern ARCHITECTURE =
      Pattern.compile("(tf_)?efficientnet_(b[0-8]|l2|lite[0-4])(_(aa|ap|ns|ns_475))?");

  /** Arguments that make another network of the same name. */
  private static final List<String> REBUILDING =
      List.of("pad_type", "bn_eps", "norm_layer", "act_layer", "se_layer", "round_chs_fn");

  private static final double CROP_PCT = 0.875;

  private TimmConfig() {}

  static Config read(JsonNode root, Path file) {
    String architecture = root.path("architecture").textValue().replaceFirst("\\..*", "");
    Matcher matcher = ARCHITECTURE.matcher(architecture);
    if (!matcher.matches()) {
      throw new ModelException(
          ("%s says the architecture %s; Lakelens runs timm's efficientnet and "
                  + "tf_efficientnet b0 to b8, l2 and lite0 to lite4")
              .formatted(file, architecture));
    }
    requirePlain(root.path("model_args"), file);
    JsonNode pretrained = root.path("pretrained_cfg");
    JsonNode data = pretrained.isObject() ? pretrained : root; // of timm before 0.9: all in one
    List<String> notes = new ArrayList<>();
    return new Config(
        matcher.group(1) == null ? Family.TIMM : Family.TIMM_TF,
        Optional.of(Variant.named(matcher.group(2))),
        OptionalDouble.empty(),
        classes(root, data),
        preprocessing(data, file, notes),
        labels(root, data),
        notes);
  }

  private static void requirePlain(JsonNode arguments, Path file) {
    for (String argument : REBUILDING) {
      if (arguments.hasNonNull(argument)) {
        throw new ModelException(
            "%s has the model argument %s, which makes another network than timm's of that name"
                .formatted(file, argument));
      }
    }
  }

  private static OptionalInt classes(JsonNode root, JsonNode data) {
    JsonNode classes = root.hasNonNull("num_classes") ? root : data;
    return classes.path("num_classes").canConvertToInt()
        ? OptionalInt.of(classes.path("num_classes").intValue())
        : OptionalInt.empty();
  }

  /** A list of names; a dictionary of them has gaps, and does not name every class. */
  private static Optional<Labels> labels(JsonNode root, JsonNode data) {
    JsonNode names = root.has("label_names") ? root.path("label_names") : data.path("label_names");
    List<String> labels = new ArrayList<>();
    if (names.isArray()) {
      names.forEach(name -> labels.add(name.asText()));
    }
    return Config.labels(labels);
  }

  private static Optional<Preprocessing> preprocessing(
      JsonNode data, Path file, List<String> notes) {
    if (!data.has("input_size")) {
      return Optional.empty();
    }
    Optional<Interpolation> interpolation =
        interpolation(data.path("interpolation").asText("bicubic"));
    Optional<Resize> resize = resize(data.path("crop_mode").asText("center"));
    int size = size(data.path("input_size"));
    if (interpolation.isEmpty() || resize.isEmpty() || size == 0) {
      notes.add(
          ("%s prepares images with interpolation %s, crop_mode %s and input_size "
                  + "%s, which Lakelens does not; say how in a card")
              .formatted(
                  file,
                  data.path("interpolation"),
                  data.path("crop_mode"),
                  data.path("input_size")));
      return Optional.empty();
    }
    double share = data.path("crop_pct").asDouble(CROP_PCT);
    try {
      return Optional.of(
          new Preprocessing(
              size,
              resize.orElseThrow(),
              (int) Math.floor(size / share),
              interpolation.orElseThrow(),
              Range.UNIT,
              Config.numbers(data.path("mean"), UsualPreprocessing.IMAGENET_MEAN),
              Config.numbers(data.path("std"), UsualPreprocessing.IMAGENET_STD)));
    } catch (IllegalArgumentException e) {
      throw new ModelException("%s cannot be followed: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Optional<Interpolation> interpolation(String name) {
    return switch (name) {
      case "bicubic" -> Optional.of(Interpolation.BICUBIC);
      case "bilinear" -> Optional.of(Interpolation.BILINEAR);
      default -> Optional.empty();
    };
  }

  private static Optional<Resize> resize(String cropMode) {
    return switch (cropMode) {
      case "center" -> Optional.of(Resize.SHORTER_SIDE);
      case "squash" -> Optional.of(Resize.SQUASH);
      default -> Optional.empty();
    };
  }

  /** Side of a square input // [3, size, size]; 0 for any other. */
  private static int size(JsonNode input) {
    boolean square = input.size() == 3 && input.get(1).equals(input.get(2));
    return square && input.get(0).asInt() == 3 ? input.get(1).asInt() : 0;
  }
}

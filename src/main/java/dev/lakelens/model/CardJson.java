package dev.lakelens.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Model cards as JSON. Keys are the names of the record's components in snake case, and so are the
 * values of its enums; every key is required, and no other is allowed:
 *
 * <pre>{@code
 * {
 *   "name": "efficientnet-lite0",
 *   "architecture": "lite0",                b0 to b8, l2, lite0 to lite4; or onnx, the graph in
 *                                           an ONNX file, which has the next two in it:
 *   "padding": "same",                      same, symmetric; not with onnx
 *   "epsilon": 0.001,                       between 0 and 1; not with onnx
 *   "preprocessing": {
 *     "input_size": 224,                    pixels
 *     "resize": "shorter_side",             shorter_side, squash
 *     "resize_to": 256,                     pixels, at least input_size
 *     "interpolation": "bicubic",           nearest, bilinear, bicubic
 *     "range": "unit",                      unit, byte
 *     "mean": [0.5, 0.5, 0.5],
 *     "std": [0.5, 0.5, 0.5]
 *   },
 *   "head": "softmax",                      softmax, sigmoid, none
 *   "labels": "imagenet1k.txt",             empty without a head
 *   "weights": {
 *     "file": "efficientnet-lite0.safetensors",
 *     "family": "timm-tf",                  whose names the tensors have
 *     "origin": "where the published file is found",
 *     "origin_sha256": "64 hex digits",     empty where nobody has had the file
 *     "licence": "Apache-2.0"
 *   },
 *   "accuracy": {"what was measured": "the figure"}
 * }
 * }</pre>
 */
public final class CardJson {
  /** Name of a card's file, beside the weights. */
  public static final String FILE = "card.json";

  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  private CardJson() {}

  /**
   * Reads a card.
   *
   * @param source the card's file, for messages
   * @throws ModelException where the text is no card; its sentence names the source and the key
   */
  public static ModelCard read(String json, String source) {
    try {
      if (json.isBlank()) {
        throw new ModelException(source + " is empty");
      }
      return card(new JsonFields(StrictJson.read(json), source));
    } catch (JsonProcessingException e) {
      throw new ModelException("%s is not JSON: %s".formatted(source, JsonFault.of(e)), e);
    }
  }

  /** Writes a card so that {@link #read} gives an equal one. */
  public static String write(ModelCard card) {
    try {
      return JSON.writeValueAsString(toMap(card)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of texts and numbers is always JSON", e);
    }
  }

  /** The card's keys and values, for use inside other JSON. */
  public static Map<String, Object> toMap(ModelCard card) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", card.name());
    map.put("architecture", card.architecture().name());
    if (card.architecture() instanceof ModelCard.Variant variant) {
      map.put("padding", text(variant.padding()));
      map.put("epsilon", variant.epsilon());
    }
    map.put("preprocessing", toMap(card.preprocessing()));
    map.put("head", text(card.head()));
    map.put("labels", card.labels());
    map.put("weights", toMap(card.weights()));
    map.put("accuracy", new TreeMap<>(card.accuracy()));
    return map;
  }

  private static Map<String, Object> toMap(Preprocessing preprocessing) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("input_size", preprocessing.inputSize());
    map.put("resize", text(preprocessing.resize()));
    map.put("resize_to", preprocessing.resizeTo());
    map.put("interpolation", text(preprocessing.interpolation()));
    map.put("range", text(preprocessing.range()));
    map.put("mean", preprocessing.mean());
    map.put("std", preprocessing.std());
    return map;
  }

  private static Map<String, Object> toMap(ModelCard.Weights weights) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", weights.file());
    map.put("family", weights.family());
    map.put("origin", weights.origin());
    map.put("origin_sha256", weights.originSha256());
    map.put("licence", weights.licence());
    return map;
  }

  private static ModelCard card(JsonFields fields) {
    return fields.finish(
        () ->
            new ModelCard(
                fields.text("name"),
                architecture(fields),
                preprocessing(fields.object("preprocessing")),
                fields.choice("head", Head.class),
                fields.text("labels"),
                weights(fields.object("weights")),
                fields.texts("accuracy")));
  }

  private static ModelCard.Architecture architecture(JsonFields fields) {
    String name = fields.text("architecture");
    return name.equals(ModelCard.Graph.NAME)
        ? new ModelCard.Graph()
        : new ModelCard.Variant(
            name, fields.choice("padding", Padding.class), fields.number("epsilon"));
  }

  private static Preprocessing preprocessing(JsonFields fields) {
    return fields.finish(
        () ->
            new Preprocessing(
                fields.integer("input_size"),
                fields.choice("resize", Resize.class),
                fields.integer("resize_to"),
                fields.choice("interpolation", Interpolation.class),
                fields.choice("range", Range.class),
                fields.numbers("mean"),
                fields.numbers("std")));
  }

  private static ModelCard.Weights weights(JsonFields fields) {
    return fields.finish(
        () ->
            new ModelCard.Weights(
                fields.text("file"),
                fields.text("family"),
                fields.text("origin"),
                fields.text("origin_sha256"),
                fields.text("licence")));
  }

  /** A value's name in small letters, as cards, options and people write it. */
  public static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

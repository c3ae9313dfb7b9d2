package dev.lakelens.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Identifies everything that results depend on, and nothing else: threads, batch and library
 * versions are not in it.
 *
 * <p>It is the SHA-256 of JSON with sorted keys and no spaces. Fractions are written as hexadecimal
 * floats in strings, because the decimal digits of a double differ between versions of Java.
 */
public final class Fingerprint {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Fingerprint() {}

  /**
   * The fingerprint of a model and of what is done to images before it.
   *
   * @param decode how much of an image is decoded: {@code exact} or {@code fast}
   * @param exif what happens to EXIF orientation: {@code ignore} or {@code apply}
   * @return 64 hex digits
   */
  public static String of(Model model, String decode, String exif) {
    return new Digest().add(canonicalJson(model, decode, exif)).hex();
  }

  /** The value of the column {@code model}: {@code name@} and the first 12 digits. */
  public static String column(String name, String fingerprint) {
    return name + "@" + fingerprint.substring(0, 12);
  }

  static String canonicalJson(Model model, String decode, String exif) {
    ModelCard card = model.card();
    SortedMap<String, Object> facts = new TreeMap<>();
    facts.put("architecture", card.architecture().name());
    facts.put("decode", decode);
    facts.put("exif", exif);
    facts.put("graph_revision", model.graphRevision());
    facts.put("head", CardJson.text(card.head()));
    facts.put("labels", model.labels().digest());
    facts.put("precision", model.precision().text());
    facts.put("preprocessing", preprocessing(card.preprocessing()));
    facts.put("tensors", model.tensorsDigest());
    if (card.architecture() instanceof ModelCard.Variant variant) {
      facts.put("epsilon", exact(variant.epsilon()));
      facts.put("padding", CardJson.text(variant.padding()));
    }
    try {
      return JSON.writeValueAsString(facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts and whole numbers are always JSON", e);
    }
  }

  private static SortedMap<String, Object> preprocessing(Preprocessing preprocessing) {
    SortedMap<String, Object> facts = new TreeMap<>();
    facts.put("input_size", preprocessing.inputSize());
    facts.put("interpolation", CardJson.text(preprocessing.interpolation()));
    facts.put("mean", exact(preprocessing.mean()));
    facts.put("range", CardJson.text(preprocessing.range()));
    facts.put("resize", CardJson.text(preprocessing.resize()));
    facts.put("resize_to", preprocessing.resizeTo());
    facts.put("std", exact(preprocessing.std()));
    return facts;
  }

  private static List<String> exact(List<Double> values) {
    return values.stream().map(Fingerprint::exact).toList();
  }

  private static String exact(double value) {
    return Double.toHexString(value);
  }
}

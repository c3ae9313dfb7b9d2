package dev.lakelens.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One JSON object whose every key must be read, and read as what it is. */
final class JsonFields {
  private final JsonNode node;
  private final String source;
  private final String prefix; // of keys in messages: empty, or the keys above with dots
  private final Set<String> read = new HashSet<>();

  /**
   * @param source file that the object is in, for messages
   */
  JsonFields(JsonNode node, String source) {
    this(node, source, "");
    if (!node.isObject()) {
      throw new ModelException(source + " is not a JSON object");
    }
  }

  private JsonFields(JsonNode node, String source, String prefix) {
    this.node = node;
    this.source = source;
    this.prefix = prefix;
  }

  String text(String key) {
    return value(key, JsonNode::isTextual, "a text").textValue();
  }

  int integer(String key) {
    return value(key, JsonFields::isInt, "a whole number").intValue();
  }

  double number(String key) {
    return value(key, JsonNode::isNumber, "a number").doubleValue();
  }

  List<Double> numbers(String key) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode element : value(key, JsonNode::isArray, "a list of numbers")) {
      numbers.add(checked(key, element, JsonNode::isNumber, "a list of numbers").doubleValue());
    }
    return numbers;
  }

  /** An object whose values are texts. */
  Map<String, String> texts(String key) {
    JsonFields fields = object(key);
    Map<String, String> texts = new HashMap<>();
    fields.node.fieldNames().forEachRemaining(name -> texts.put(name, fields.text(name)));
    return texts;
  }

  JsonFields object(String key) {
    return new JsonFields(value(key, JsonNode::isObject, "an object"), source, prefix + key + ".");
  }

  <E extends Enum<E>> E choice(String key, Class<E> type) {
    String text = text(key);
    List<E> choices = Arrays.asList(type.getEnumConstants());
    return choices.stream()
        .filter(choice -> CardJson.text(choice).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    key,
                    "one of " + String.join(", ", choices.stream().map(CardJson::text).toList())));
  }

  /** Makes a value of the fields; whatever is then unread, and whatever rule breaks, is refused. */
  <T> T finish(Supplier<T> record) {
    T made = made(record);
    List<String> unknown = new ArrayList<>();
    node.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(read);
    if (!unknown.isEmpty()) {
      throw new ModelException(
          "%s has the unknown key %s".formatted(source, prefix + unknown.get(0)));
    }
    return made;
  }

  private <T> T made(Supplier<T> record) {
    try {
      return record.get();
    } catch (IllegalArgumentException e) {
      throw new ModelException("%s: %s%s".formatted(source, prefix, e.getMessage()), e);
    }
  }

  private JsonNode value(String key, Predicate<JsonNode> is, String kind) {
    read.add(key);
    JsonNode value = node.get(key);
    if (value == null) {
      throw new ModelException("%s lacks the key %s".formatted(source, prefix + key));
    }
    return checked(key, value, is, kind);
  }

  private JsonNode checked(String key, JsonNode value, Predicate<JsonNode> is, String kind) {
    if (!is.test(value)) {
      throw wrong(key, kind);
    }
    return value;
  }

  private static boolean isInt(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToInt();
  }

  private ModelException wrong(String key, String kind) {
    return new ModelException(
        "%s: %s must be %s, and is %s".formatted(source, prefix + key, kind, node.get(key)));
  }
}

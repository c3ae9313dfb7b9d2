package dev.lakelens.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardJsonTest {
  private static final String JSON =
      """
      {
        "name" : "pets",
        "architecture" : "lite0",
        "padding" : "same",
        "epsilon" : 0.001,
        "preprocessing" : {
          "input_size" : 224,
          "resize" : "shorter_side",
          "resize_to" : 256,
          "interpolation" : "bicubic",
          "range" : "unit",
          "mean" : [ 0.485, 0.5, 0.5 ],
          "std" : [ 0.5, 0.5, 0.5 ]
        },
        "head" : "softmax",
        "labels" : "labels.txt",
        "weights" : {
          "file" : "w.safetensors",
          "family" : "timm",
          "origin" : "somewhere",
          "origin_sha256" : "0123",
          "licence" : "Apache-2.0"
        },
        "accuracy" : {
          "photos top-1" : "89.0 % of 200"
        }
      }
      """;

  @Test
  void readsACard() {
    assertThat(CardJson.read(JSON, "card.json")).isEqualTo(Samples.CARD);
  }

  @Test
  void writesACard() {
    assertThat(CardJson.write(Samples.CARD)).isEqualTo(JSON);
    assertThat(CardJson.toMap(Samples.CARD))
        .containsEntry("padding", "same")
        .containsEntry("accuracy", Map.of("photos top-1", "89.0 % of 200"))
        .hasSize(9);
  }

  @Test
  void knowsNothingOfPaddingAndEpsilonOfAGraph() {
    String json = JSON.replace("lite0", "onnx").replaceAll("(?m)^  \"(padding|epsilon)\".*\n", "");
    ModelCard card = CardJson.read(json, "card.json");

    assertThat(card.architecture()).isEqualTo(new ModelCard.Graph());
    assertThat(CardJson.write(card)).isEqualTo(json);
    assertThatThrownBy(() -> CardJson.read(JSON.replace("lite0", "onnx"), "card.json"))
        .hasMessage("card.json has the unknown key padding");
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"name\" : \"pets\",||card.json lacks the key name",
        "\"resize_to\" : 256,||card.json lacks the key preprocessing.resize_to",
        "\"head\"|\"hat\" : 1, \"head\"|card.json has the unknown key hat",
        "\"resize\" :|\"crop\" : 1, \"resize\" :|"
            + "card.json has the unknown key preprocessing.crop",
        "\"pets\"|7|card.json: name must be a text, and is 7",
        "0.001|\"small\"|card.json: epsilon must be a number, and is \"small\"",
        "\"pets\"|\" \"|card.json: name is blank",
        "0.001|0|card.json: epsilon must be between 0 and 1, and is 0.0",
        "0.001|1|card.json: epsilon must be between 0 and 1, and is 1.0",
        "224|224.5|card.json: preprocessing.input_size must be a whole number, and is 224.5",
        "224|4294967520|"
            + "card.json: preprocessing.input_size must be a whole number, and is 4294967520",
        "224|0|card.json: preprocessing.input_size must be 1 to 8192, and is 0",
        "224|8193|card.json: preprocessing.input_size must be 1 to 8192, and is 8193",
        "256|200|card.json: preprocessing.resize_to must be 224 (input_size) to 8192, and is 200",
        "256|8193|card.json: preprocessing.resize_to must be 224 (input_size) to 8192, and is 8193",
        "[ 0.485, 0.5, 0.5 ]|[ 0.5 ]|"
            + "card.json: preprocessing.mean must have three values, and has 1",
        "[ 0.485, 0.5, 0.5 ]|0.5|"
            + "card.json: preprocessing.mean must be a list of numbers, and is 0.5",
        "[ 0.485, 0.5, 0.5 ]|[ \"a\", 0.5, 0.5 ]|"
            + "card.json: preprocessing.mean must be a list of numbers, and is [\"a\",0.5,0.5]",
        "[ 0.485, 0.5, 0.5 ]|[ 1e999, 0.5, 0.5 ]|"
            + "card.json: preprocessing.mean must be finite, and is [Infinity, 0.5, 0.5]",
        "[ 0.5, 0.5, 0.5 ]|[ 0.5, 0.5 ]|"
            + "card.json: preprocessing.std must have three values, and has 2",
        "[ 0.5, 0.5, 0.5 ]|[ 0.5, 1e999, 0.5 ]|"
            + "card.json: preprocessing.std must be positive, and is [0.5, Infinity, 0.5]",
        "[ 0.5, 0.5, 0.5 ]|[ 0.5, 0.0, 0.5 ]|"
            + "card.json: preprocessing.std must be positive, and is [0.5, 0.0, 0.5]",
        "labels.txt|../labels.txt|card.json: labels must be the name of a file beside the card,"
            + " and is ../labels.txt",
        "labels.txt|..|card.json: labels must be the name of a file beside the card, and is ..",
        "labels.txt|a\\\\b|"
            + "card.json: labels must be the name of a file beside the card, and is a\\b",
        "w.safetensors|/etc/passwd|card.json: weights.file must be the name of a file beside the"
            + " card, and is /etc/passwd",
        "\"same\"|\"valid\"|"
            + "card.json: padding must be one of same, symmetric, and is \"valid\"",
        "\"accuracy\" :|\"accuracy\" : 7, \"rest\" :|"
            + "card.json: accuracy must be an object, and is 7",
        "\"89.0 % of 200\"|89|card.json: accuracy.photos top-1 must be a text, and is 89"
      })
  void namesTheKeyThatIsWrong(String part, String replacement, String sentence) {
    String json = JSON.replace(part, replacement == null ? "" : replacement);

    assertThatThrownBy(() -> CardJson.read(json, "card.json"))
        .isInstanceOf(ModelException.class)
        .hasMessage(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":|it breaks off in line 1",
        "'{\n\n\"name\":'|it breaks off in line 3",
        "{} {}|it cannot be read at line 1, column 4",
        "{\"name\":1,\"name\":2}|it has the key name twice, again in line 1",
        "hello|it cannot be read at line 1, column 6"
      })
  void refusesWhatIsNotJson(String text, String fault) {
    assertThatThrownBy(() -> CardJson.read(text, "card.json"))
        .isInstanceOf(ModelException.class)
        .hasMessage("card.json is not JSON: " + fault);
  }

  @Test
  void namesTheKeysAboveAKey() throws JsonProcessingException {
    JsonNode node = new ObjectMapper().readTree("{\"a\": {\"b\": {}}}");
    JsonFields inner = new JsonFields(node, "card.json").object("a").object("b");

    assertThatThrownBy(() -> inner.text("c")).hasMessage("card.json lacks the key a.b.c");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "224, 224", "8192, 8192"})
  void takesAnInputAsLargeAsTheResize(int size, int resizeTo) {
    String json = JSON.replace("224", "" + size).replace(": 256", ": " + resizeTo);

    assertThat(CardJson.read(json, "card.json").preprocessing().resizeTo()).isEqualTo(resizeTo);
  }

  @Test
  void writesFiguresInTheOrderOfTheirNames() {
    String figures = "{\n    \"a\" : \"1\",\n    \"b\" : \"2\",\n    \"c\" : \"3\"\n  }";
    String json = JSON.replaceAll("(?s)\\{\\s+\"photos.*?}", figures);

    assertThat(CardJson.write(CardJson.read(json, "card.json"))).isEqualTo(json);
  }

  /** Turkish has a dotless small i for the capital I. */
  @Test
  void writesTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    try {
      assertThat(CardJson.write(CardJson.read(JSON, "card.json"))).isEqualTo(JSON);
      assertThat(Precision.INT8.text()).isEqualTo("int8");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void refusesJsonThatIsNoObject() {
    for (String json : List.of("[]", "7")) {
      assertThatThrownBy(() -> CardJson.read(json, "card.json"))
          .isInstanceOf(ModelException.class)
          .hasMessage("card.json is not a JSON object");
    }
    assertThatThrownBy(() -> CardJson.read(" ", "card.json")).hasMessage("card.json is empty");
  }
}

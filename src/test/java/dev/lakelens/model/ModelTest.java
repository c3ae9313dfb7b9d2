package dev.lakelens.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelTest {
  static Stream<Record> records() {
    return Stream.of(
        Samples.model(Samples.CARD),
        Samples.CARD,
        (Record) Samples.CARD.architecture(),
        Samples.WEIGHTS,
        Samples.PREPROCESSING);
  }

  @ParameterizedTest
  @MethodSource("records")
  void isMadeOfAllItsParts(Record whole) throws ReflectiveOperationException {
    RecordComponent[] parts = whole.getClass().getRecordComponents();
    Object[] values = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      values[i] = parts[i].getAccessor().invoke(whole);
    }
    Constructor<?> constructor = whole.getClass().getDeclaredConstructors()[0];
    for (int i = 0; i < parts.length; i++) {
      if (!parts[i].getType().isPrimitive()
          && !(values[i] instanceof List || values[i] instanceof Map)) {
        Object[] without = values.clone();
        without[i] = null;
        assertThatThrownBy(() -> constructor.newInstance(without))
            .cause()
            .isInstanceOf(NullPointerException.class)
            .hasMessageMatching("\\w+ is null");
      }
    }
  }

  @Test
  void hasALabelForEachClass() {
    assertThatThrownBy(() -> Model.requireFit(Samples.CARD, new Labels(List.of("a", "b", "c")), 2))
        .hasMessage(
            "pets has 2 classes and 3 labels; give one label a line, in the order of the classes");
    assertThatThrownBy(
            () ->
                new Model(
                    Samples.CARD, Samples.LABELS, new byte[0], "ab", Precision.FP32, 1, 3, 1280, 0))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "pets has 3 classes and 2 labels; give one label a line, in the order of the classes");
  }

  @Test
  void hasAHeadExactlyWhereItHasClasses() {
    assertThatThrownBy(() -> Samples.model(Samples.CARD, Labels.NONE, "ab", 1))
        .isInstanceOf(ModelException.class)
        .hasMessage("The card of pets: head is softmax, and the model has no classifier; say none");
    ModelCard headless = Samples.card("pets", Padding.SAME, 1e-3, Samples.PREPROCESSING, Head.NONE);
    assertThatThrownBy(() -> Samples.model(headless))
        .hasMessage(
            "The card of pets: head is none, and the model has a classifier; say softmax or sigmoid");
    assertThat(Samples.model(headless, Labels.NONE, "ab", 1).classes()).isZero();
  }

  @Test
  void hasNoSoftmaxOfOneOutput() {
    assertThatThrownBy(() -> Samples.model(Samples.CARD, new Labels(List.of("yes")), "ab", 1))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "The card of pets: head is softmax, and of one output that is always 1; say sigmoid, a"
                + " yes or no");
    assertThat(IntStream.of(0, 1, 2, 1000).mapToObj(Head::usual))
        .containsExactly(Head.NONE, Head.SIGMOID, Head.SOFTMAX, Head.SOFTMAX);
    for (int classes = 0; classes < 3; classes++) {
      assertThat(Head.usual(classes).fault(classes)).isEmpty();
    }
  }

  @Test
  void readsLabelsWithTheLineAsTheId() {
    assertThat(Labels.parse("cat\nd\u00f6g\n")).isEqualTo(Samples.LABELS);
    assertThat(Labels.parse("cat\r\nd\u00f6g")).isEqualTo(Samples.LABELS);
    assertThat(Labels.parse("a\n\nb").names()).isEqualTo(List.of("a", "", "b"));
    assertThat(Labels.parse(" a \nb").name(0)).isEqualTo(" a ");
    assertThat(Samples.LABELS.name(1)).isEqualTo("d\u00f6g");
  }

  @Test
  void staysAsItWasMade() {
    List<String> names = new ArrayList<>(List.of("cat"));
    Map<String, String> figures = new HashMap<>();
    ModelCard card = Samples.CARD;
    Labels labels = new Labels(names);
    ModelCard measured =
        new ModelCard(
            "pets",
            card.architecture(),
            card.preprocessing(),
            card.head(),
            "",
            card.weights(),
            figures);
    names.add("dog");
    figures.put("top-1", "1");

    assertThat(labels.size()).isEqualTo(1);
    assertThat(measured.accuracy()).isEmpty();
  }

  @Test
  void takesOneBatchOrAny() {
    assertThatThrownBy(
            () ->
                new Model(
                    Samples.CARD, Samples.LABELS, new byte[0], "", Precision.FP32, 1, 2, 1280, -1))
        .hasMessage("fixedBatch is negative: -1");
  }

  @Test
  void hasAnEpsilonThatIsANumber() {
    assertThatThrownBy(() -> new ModelCard.Variant("b0", Padding.SAME, Double.NaN))
        .hasMessage("epsilon must be between 0 and 1, and is NaN");
  }

  @ParameterizedTest
  @CsvSource({"https://host/a/w.h5, true", "w.h5, true", "https://w.h5/a, false", "/a-w.h5, false"})
  void isPublishedUnderItsFilesName(String origin, boolean published) {
    assertThat(new ModelCard.Weights("w.h5", "keras", origin, "", "MIT").isPublished())
        .isEqualTo(published);
  }

  @Test
  void travelsToExecutorsAsCardAndLabels() throws IOException, ClassNotFoundException {
    assertThat(copy(Samples.CARD)).isEqualTo(Samples.CARD);
    assertThat(copy(Samples.LABELS)).isEqualTo(Samples.LABELS);
  }

  private static Object copy(Object object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}

package dev.lakelens.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTest {
  @Test
  void hasALabelForEachClass() {
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
    for (int classes = 0; classes < 3; classes++) {
      assertThat(Head.usual(classes).fault(classes)).isEmpty();
    }
  }

  @Test
  void readsLabelsWithTheLineAsTheId() {
    assertThat(Labels.parse("cat\nd\u00f6g\n")).isEqualTo(Samples.LABELS);
    assertThat(Labels.parse("cat\r\nd\u00f6g")).isEqualTo(Samples.LABELS);
    assertThat(Labels.parse("a\n\nb").names()).isEqualTo(List.of("a", "", "b"));
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

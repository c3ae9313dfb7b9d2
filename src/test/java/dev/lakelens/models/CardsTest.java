package dev.lakelens.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.model.Head;
import dev.lakelens.model.Precision;
import dev.lakelens.onnx.OnnxInspection;
import dev.lakelens.onnx.OnnxInspection.Element;
import dev.lakelens.onnx.OnnxInspection.Layout;
import dev.lakelens.onnx.OnnxInspection.Output;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardsTest {
  @ParameterizedTest
  @CsvSource({
    "LOGITS, 1000, SOFTMAX",
    "LOGITS, 1, SIGMOID",
    "SOFTMAX, 2, SOFTMAX",
    "SIGMOID, 5, SIGMOID",
    "EMBEDDING, 0, NONE"
  })
  void readsTheHeadOffAnOnnxFile(Output output, int classes, Head head) {
    OnnxInspection found =
        new OnnxInspection(
            "maker",
            17,
            "x",
            Layout.NCHW,
            Element.FLOAT32,
            0,
            224,
            List.of(),
            output,
            classes,
            1280,
            Precision.FP32,
            "ab");

    assertThat(found.usualHead()).isEqualTo(head);
  }
}

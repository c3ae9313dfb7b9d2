package dev.lakelens.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import dev.lakelens.model.Fingerprint;
import dev.lakelens.model.Model;
import dev.lakelens.network.Onnx;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {
  private static final int SIZE = 224;
  private static final Model LITE0 = Models.load("efficientnet-lite0");

  @Test
  void loadsEveryModelThatItNames() {
    assertThat(Models.names()).containsExactly("efficientnet-lite0", "efficientnet-lite0-int8");
    for (String name : Models.names()) {
      assertThat(Models.load(name).card().name()).isEqualTo(name);
    }
  }

  @Test
  void namesTheKnownModelsWhereThereIsNoSuchOne() {
    assertThatThrownBy(() -> Models.load("resnet50"))
        .isInstanceOf(UnknownModelException.class)
        .hasMessageStartingWith("There is no model resnet50: it is no file");
  }

  /** Digests computed in Python from the tensors and the file of labels. */
  @Test
  void shipsTheTensorsOfTheCheckpointBitForBit() {
    assertThat(LITE0.tensorsDigest())
        .isEqualTo("8508171823d5d0a272623a2408816d81d18c791d040b6f8a6f621f22ffff6a5a");
    assertThat(LITE0.labels().digest())
        .isEqualTo("ee4fa67b1dd46919ef87529b70e25bdd1ec9ebd350de3ad426e6640eb70320a1");
    assertThat(Fingerprint.of(LITE0, "exact", "ignore"))
        .isEqualTo("485dd84afba0e266b7a634a829fb2110a15302dbcfd2d424fbdd0ffca5145661");
  }

  @Test
  void knowsWhatItIs() {
    assertThat(LITE0.classes()).isEqualTo(1000);
    assertThat(LITE0.embeddingSize()).isEqualTo(1280);
    assertThat(LITE0.labels().name(388)).isEqualTo("giant panda");
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline-422-odd", "portrait", "rgb", "wide-2000x100"})
  void hasTimmsLogits(String crop) throws IOException, OrtException {
    float[] expected = Onnx.resource("/checkpoint/crop-" + crop + ".f32");
    float[] logits = logits(input("/checkpoint/crop-" + crop + ".png", 127.5, 127.5));

    assertThat(Onnx.maxDifference(logits, expected)).isLessThan(1e-4);
  }

  /**
   * Against Google's own checkpoint. The tolerance covers another JPEG decoder and 8-bit rounding;
   * symmetric padding differs by 0.028, and an epsilon of 1e-5 by 0.023.
   */
  @Test
  void scoresThePandaAsTensorFlowDoes() throws IOException, OrtException {
    float[] expected = Onnx.resource("/checkpoint/panda-softmax.f32");
    float[] scores = softmax(logits(input("/checkpoint/panda-224.png", 127, 128)));

    assertThat(topFive(scores)).isEqualTo(topFive(expected)).startsWith(388);
    assertThat(Onnx.maxDifference(scores, expected)).isLessThan(5e-3);
  }

  private static float[] logits(float[] input) throws OrtException {
    return Onnx.run(LITE0.onnx(), input, SIZE).get("logits");
  }

  /** An image as {@code (value - mean) / std} // [3, 224, 224], RGB */
  private static float[] input(String resource, double mean, double std) throws IOException {
    try (InputStream in = ModelsTest.class.getResourceAsStream(resource)) {
      BufferedImage image = ImageIO.read(in);
      float[] input = new float[3 * SIZE * SIZE];
      for (int i = 0; i < input.length; i++) {
        int channel = i / (SIZE * SIZE);
        int rgb = image.getRGB(i % SIZE, i / SIZE % SIZE);
        input[i] = (float) (((rgb >> (16 - 8 * channel) & 0xFF) - mean) / std);
      }
      return input;
    }
  }

  private static float[] softmax(float[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    float[] scores = new float[logits.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) (Math.exp(logits[i] - max) / sum);
    }
    return scores;
  }

  private static List<Integer> topFive(float[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted((a, b) -> Float.compare(scores[b], scores[a]))
        .limit(5)
        .toList();
  }
}

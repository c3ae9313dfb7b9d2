package dev.lakelens.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.lakelens.infer.Inference;
import dev.lakelens.infer.InferenceRunner;
import dev.lakelens.infer.SessionSpec;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelException;
import dev.lakelens.models.Models;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final Model LITE0 = Models.load("efficientnet-lite0");
  private static final int PIXELS = 3 * 224 * 224;

  private final float[] input = new float[2 * PIXELS];
  private final float[] logits = new float[2 * 1000];
  private final float[] embedding = new float[2 * 1280];

  AgreementTest() {
    Random random = new Random(1);
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) random.nextGaussian();
    }
    SessionSpec spec = new SessionSpec("test", "test", 224, 1000, 1280, 2, 1);
    try (InferenceRunner runner = InferenceRunner.open(spec, LITE0::onnx)) {
      runner.input().floats().put(0, input);
      runner.run();
      for (int image = 0; image < 2; image++) {
        Inference inference = runner.inference(image);
        System.arraycopy(inference.logits(), 0, logits, image * 1000, 1000);
        System.arraycopy(inference.embedding(), 0, embedding, image * 1280, 1280);
      }
    }
  }

  @Test
  void findsTheLargestDifferenceOfEachOutput() {
    logits[1234] += 0.25f;
    embedding[77] -= 0.5f;

    Agreement agreement = Agreement.of(LITE0, reference(true), "r.safetensors");

    assertThat(agreement.images()).isEqualTo(2);
    assertThat(agreement.differences().get("logits")).isCloseTo(0.25, within(1e-4));
    assertThat(agreement.differences().get("embedding")).isCloseTo(0.5, within(1e-4));
    assertThat(agreement.largest()).isCloseTo(0.5, within(1e-4));
  }

  @Test
  void runsTheOnlyBatchThatAGraphTakes() throws IOException {
    logits[1234] += 0.25f;

    Agreement agreement = Agreement.of(lite0Of(3), reference(true), "r.safetensors");

    assertThat(agreement.differences().get("logits")).isCloseTo(0.25, within(1e-4));
    assertThat(agreement.differences().get("embedding")).isLessThan(1e-4);
  }

  @Test
  void countsTheImagesWithTheSameTopClass() {
    logits[1000] = 1000;

    Agreement agreement = Agreement.of(LITE0, reference(true), "r.safetensors");

    assertThat(agreement.sameTop()).isEqualTo(1);
  }

  @Test
  void comparesWhatTheReferenceHas() {
    logits[3] = 1000;

    Agreement agreement = Agreement.of(LITE0, reference(false), "r.safetensors");

    assertThat(agreement.differences()).containsOnlyKeys("embedding");
    assertThat(agreement.largest()).isLessThan(1e-4);
    assertThat(agreement.sameTop()).isEqualTo(2);
  }

  @Test
  void isInfinitelyFarFromWhatIsNoNumber() {
    embedding[5] = Float.NaN;

    assertThat(Agreement.of(LITE0, reference(true), "r.safetensors").largest())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void refusesAReferenceThatLacksSomething() {
    Tensor pixels = tensor(List.of(2, 3, 224, 224), input);
    Tensor one = tensor(List.of(1, 1280), new float[1280]);

    refuses(Map.of("embedding", one), "r.safetensors has no tensor input");
    refuses(
        Map.of("input", Tensor.scalar(1)),
        "r.safetensors has input of shape []; the model has rows of [3, 224, 224]");
    refuses(
        Map.of("input", pixels), "r.safetensors has neither logits nor embedding to compare with");
    refuses(
        Map.of("input", pixels, "embedding", one),
        "r.safetensors has 2 inputs and 1 row of embedding");
  }

  private static void refuses(Map<String, Tensor> reference, String sentence) {
    assertThatThrownBy(() -> Agreement.of(LITE0, new Tensors(reference), "r.safetensors"))
        .isInstanceOf(ModelException.class)
        .hasMessage(sentence);
  }

  @Test
  void refusesAReferenceThatDoesNotFit() {
    Tensors small = new Tensors(Map.of("input", tensor(List.of(1, 3, 2, 2), new float[12])));

    assertThatThrownBy(() -> Agreement.of(LITE0, small, "r.safetensors"))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "r.safetensors has input of shape [1, 3, 2, 2]; the model has rows of [3, 224, 224]");
  }

  private static Model lite0Of(int batch) throws IOException {
    ModelProto.Builder graph = ModelProto.parseFrom(LITE0.onnx()).toBuilder();
    graph
        .getGraphBuilder()
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(0)
        .setDimValue(batch);
    return new Model(
        LITE0.card(),
        LITE0.labels(),
        graph.build().toByteArray(),
        "0".repeat(64),
        LITE0.precision(),
        LITE0.graphRevision(),
        LITE0.classes(),
        LITE0.embeddingSize(),
        batch);
  }

  private Tensors reference(boolean withLogits) {
    Tensor pixels = tensor(List.of(2, 3, 224, 224), input);
    Tensor features = tensor(List.of(2, 1280), embedding);
    return new Tensors(
        withLogits
            ? Map.of(
                "input", pixels, "embedding", features, "logits", tensor(List.of(2, 1000), logits))
            : Map.of("input", pixels, "embedding", features));
  }

  private static Tensor tensor(List<Integer> shape, float[] values) {
    ByteBuffer data =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer floats = data.asFloatBuffer();
    floats.put(values);
    return new Tensor(shape, data);
  }
}

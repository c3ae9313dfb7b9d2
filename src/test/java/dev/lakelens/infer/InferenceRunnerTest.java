package dev.lakelens.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakelens.image.SetupException;
import dev.lakelens.model.Model;
import dev.lakelens.models.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InferenceRunnerTest {
  private static final Model LITE0 = Models.load("efficientnet-lite0");

  @Test
  void givesTheSameOutputsInEveryPlaceOfEveryBatch() {
    try (InferenceRunner one = open(1);
        InferenceRunner four = open(4)) {
      for (int image = 0; image < 4; image++) {
        fill(four, image, image);
      }
      four.run();
      for (int image = 0; image < 4; image++) {
        fill(one, 0, image);
        one.run();
        assertThat(four.inference(image).logits())
            .containsExactly(one.inference(0).logits(), within(1e-5f));
        assertThat(four.inference(image).embedding())
            .containsExactly(one.inference(0).embedding(), within(1e-5f));
      }
    }
  }

  @Test
  void repeatsItselfBitForBit() {
    try (InferenceRunner runner = open(1)) {
      fill(runner, 0, 7);
      runner.run();
      Inference first = runner.inference(0);
      runner.run();

      assertThat(runner.inference(0).logits()).isEqualTo(first.logits());
      assertThat(first.finite()).isTrue();
    }
  }

  @Test
  void sharesOneSessionAmongThreads() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<float[]>> outputs = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        outputs.add(threads.submit(() -> embedding(asked)));
      }
      for (Future<float[]> output : outputs) {
        assertThat(output.get()).isEqualTo(outputs.get(0).get());
      }
      assertThat(asked).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private static float[] embedding(AtomicInteger asked) {
    SessionSpec spec = spec("shared", 1);
    try (InferenceRunner runner =
        InferenceRunner.open(
            spec,
            () -> {
              asked.incrementAndGet();
              return LITE0.onnx();
            })) {
      fill(runner, 0, 3);
      runner.run();
      return runner.inference(0).embedding();
    }
  }

  @Test
  void closesAnIdleSessionWhenAnotherModelIsAskedFor() {
    InferenceRunner.open(spec("first", 1), LITE0::onnx).close();
    try (InferenceRunner leased = InferenceRunner.open(spec("second", 1), LITE0::onnx)) {
      InferenceRunner.open(spec("third", 1), LITE0::onnx).close();

      assertThat(Sessions.open()).isEqualTo(2);
      leased.run();
    }
  }

  @Test
  void refusesBytesThatAreNoModelAndForgetsThem() {
    SessionSpec spec = spec("broken", 1);

    assertThatThrownBy(() -> InferenceRunner.open(spec, () -> new byte[] {1, 2, 3}))
        .isInstanceOf(SetupException.class)
        .hasMessageMatching(
            "(?s)ONNX Runtime refuses the model lite0: (?!Error code).*[^.]; if its file is whole, export it again");
    InferenceRunner.open(spec, LITE0::onnx).close();
  }

  @Test
  void seesAnOutputThatIsNotFinite() {
    assertThat(new Inference(new float[] {1, Float.NaN}, new float[0]).finite()).isFalse();
    assertThat(new Inference(new float[0], new float[] {Float.POSITIVE_INFINITY}).finite())
        .isFalse();
  }

  private static InferenceRunner open(int batch) {
    return InferenceRunner.open(spec("lite0", batch), LITE0::onnx);
  }

  private static SessionSpec spec(String fingerprint, int batch) {
    return new SessionSpec(
        "lite0", fingerprint, 224, LITE0.classes(), LITE0.embeddingSize(), batch, 1);
  }

  private static void fill(InferenceRunner runner, int index, int seed) {
    Random random = new Random(seed);
    int length = runner.input().imageLength();
    for (int i = 0; i < length; i++) {
      runner.input().floats().put(index * length + i, random.nextFloat() * 2 - 1);
    }
  }
}

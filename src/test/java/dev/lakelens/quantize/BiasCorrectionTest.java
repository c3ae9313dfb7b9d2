package dev.lakelens.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.infer.Inference;
import dev.lakelens.infer.InferenceRunner;
import dev.lakelens.infer.SessionSpec;
import dev.lakelens.model.Fingerprint;
import dev.lakelens.model.Model;
import dev.lakelens.network.EfficientNet;
import dev.lakelens.network.TrainedNetwork;
import dev.lakelens.network.Variant;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BiasCorrectionTest {
  @TempDir private Path directory;

  /** On the photos that it was measured on; behind the last correction, an activation follows. */
  @ParameterizedTest
  @CsvSource({"LITE0, 0.85", "B0, 0.5"})
  void bringsTheMeansOfFeaturesTogether(Variant variant, double share) throws IOException {
    TrainedNetwork trained = Networks.of(variant);
    Photos photos = Networks.photos(directory, 10);
    Recipe recipe = Recipe.of(trained.architecture().activation());
    Ranges ranges =
        Ranges.measure(trained, recipe.values(trained.architecture()), photos, () -> {}).ranges();
    StreamEqualization.Equalized network = new StreamEqualization.Equalized(trained, ranges);
    TrainedNetwork corrected = BiasCorrection.correct(network, recipe, Rounding.NEAREST, photos);

    double[] expected = means(EfficientNet.build(trained), photos);
    double before = distance(means(int8(trained, recipe, ranges), photos), expected);
    double after = distance(means(int8(corrected, recipe, ranges), photos), expected);
    assertThat(after).isLessThan(share * before);
  }

  private static Model int8(TrainedNetwork trained, Recipe recipe, Ranges ranges) {
    return Quantization.model(
        trained, Quantization.draw(trained, recipe, ranges, Rounding.NEAREST));
  }

  private static double[] means(Model model, Photos photos) {
    double[] means = new double[model.embeddingSize()];
    SessionSpec spec = SessionSpec.of(model, Fingerprint.of(model, "exact", "ignore"), 1, 1);
    try (InferenceRunner runner = InferenceRunner.open(spec, model::onnx)) {
      photos.forEach(
          model.card().preprocessing(),
          (file, tensor) -> {
            runner.input().floats().put(tensor.floats());
            runner.run();
            Inference inference = runner.inference(0);
            for (int i = 0; i < means.length; i++) {
              means[i] += inference.embedding()[i] / photos.size();
            }
          },
          () -> {});
    }
    return means;
  }

  private static double distance(double[] one, double[] two) {
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      squares += (one[i] - two[i]) * (one[i] - two[i]);
    }
    return Math.sqrt(squares);
  }
}

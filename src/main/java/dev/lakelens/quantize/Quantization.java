package dev.lakelens.quantize;

import dev.lakelens.image.SetupException;
import dev.lakelens.model.Digest;
import dev.lakelens.model.Model;
import dev.lakelens.model.Precision;
import dev.lakelens.network.EfficientNet;
import dev.lakelens.network.OnnxGraph;
import dev.lakelens.network.TrainedNetwork;
import java.nio.ByteBuffer;

/** Makes an int8 model of a network and photos. */
public final class Quantization {
  private Quantization() {}

  /**
   * An int8 model.
   *
   * @param model with the card of the network that it stands for
   * @param photos that it was calibrated on
   * @param skipped files that could not be decoded
   */
  public record Quantized(Model model, int photos, int skipped) {}

  /**
   * Measures what the network makes of the photos, brings its channels to like ranges, rounds its
   * weights, corrects what 8 bits shift on average, and draws it.
   *
   * @param each runs after each photo
   * @throws SetupException if no photo can be decoded
   */
  public static Quantized quantize(TrainedNetwork trained, Photos photos, Runnable each) {
    Recipe recipe = Recipe.of(trained.architecture().activation());
    Ranges.Measured measured =
        Ranges.measure(trained, recipe.values(trained.architecture()), photos, each);
    int decoded = measured.photos().size();
    if (decoded == 0) {
      throw new SetupException(
          "None of the %d files to calibrate on is an image that can be decoded."
              .formatted(photos.size()));
    }
    StreamEqualization.Equalized equalized =
        StreamEqualization.equalize(trained, measured.ranges());
    Rounding rounding = CompensatedRounding.measure(equalized, recipe, measured.photos());
    TrainedNetwork corrected =
        BiasCorrection.correct(equalized, recipe, rounding, measured.photos());
    byte[] onnx = draw(corrected, recipe, equalized.ranges(), rounding);
    return new Quantized(model(trained, onnx), decoded, photos.size() - decoded);
  }

  static byte[] draw(TrainedNetwork trained, Recipe recipe, Ranges ranges, Rounding rounding) {
    OnnxGraph graph =
        OnnxGraph.withBlocks("efficientnet-" + trained.architecture().variant().text());
    int size = trained.inputSize();
    graph.input(Recipe.INPUT, 3, size, size);
    recipe.draw(graph, trained, ranges, rounding, Correction.NONE);
    return graph.toBytes();
  }

  static Model model(TrainedNetwork trained, byte[] onnx) {
    return new Model(
        trained.card(),
        trained.labels(),
        onnx,
        new Digest().add(ByteBuffer.wrap(onnx)).hex(),
        Precision.INT8,
        EfficientNet.GRAPH_REVISION,
        trained.tensors().classes(),
        trained.architecture().features(),
        0);
  }
}

package dev.lakelens.quantize;

import static dev.lakelens.network.OnnxGraph.attribute;

import dev.lakelens.infer.ActivationProbe;
import dev.lakelens.network.Convolution;
import dev.lakelens.network.OnnxGraph;
import dev.lakelens.network.Parameters;
import dev.lakelens.network.TrainedNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves each int8 layer by what its channels are off on average. One graph holds the network in
 * floats and in 8 bits, side by side, and runs once on a batch of photos: each layer's mean
 * difference is added in the 8-bit one before the next layer reads it.
 */
final class BiasCorrection implements Correction {
  private static final int PHOTOS = 50;

  /** Of the largest map of the batch; a run holds a few of them. */
  private static final long LARGEST_BYTES = 512L << 20;

  private static final String INT8 = "int8/";
  private static final String DIFFERENCE = ".difference";
  private static final String LOGITS = "logits";

  /** Axes of a map that are not its channels. */
  private static final long[] MAP = {0, 2, 3};

  /** Axes of rows that are not their channels. */
  private static final long[] ROWS = {0};

  private final OnnxGraph graph;
  private final Map<String, Convolution> corrected = new LinkedHashMap<>();
  private final Integers integers;

  private BiasCorrection(OnnxGraph graph) {
    this.graph = graph;
    this.integers = new Integers(graph);
  }

  /**
   * Measures and corrects.
   *
   * @param photos that can all be decoded
   */
  static TrainedNetwork correct(
      StreamEqualization.Equalized network, Recipe recipe, Rounding rounding, Photos photos) {
    TrainedNetwork trained = network.trained();
    OnnxGraph graph = OnnxGraph.withBlocks("correction");
    trained.draw(graph);
    BiasCorrection correction = new BiasCorrection(graph);
    recipe.draw(graph.under(INT8), trained, network.ranges(), rounding, correction);
    try (ActivationProbe probe = ActivationProbe.open(graph.toBytes())) {
      Photos some = photos.spread(photos(trained));
      return correction.apply(trained, probe.run(some.batch(trained.card().preprocessing())));
    }
  }

  private static int photos(TrainedNetwork trained) {
    int size = trained.inputSize();
    long bytes = Float.BYTES * trained.architecture().largestMap(size);
    return (int) Math.max(1, Math.min(PHOTOS, LARGEST_BYTES / bytes));
  }

  private TrainedNetwork apply(TrainedNetwork trained, Map<String, float[]> values) {
    ScaledTensors tensors = new ScaledTensors(trained.tensors());
    corrected.forEach(
        (name, convolution) ->
            tensors.add(convolution.norm() + ".bias", values.get(name + DIFFERENCE)));
    if (values.containsKey(LOGITS + DIFFERENCE)) {
      tensors.add(Parameters.CLASSIFIER_BIAS, values.get(LOGITS + DIFFERENCE));
    }
    return trained.with(tensors.tensors());
  }

  @Override
  public String ofMap(String y, Convolution convolution) {
    corrected.put(convolution.name(), convolution);
    String difference = difference(convolution.name(), MAP, y, MAP, convolution.out());
    List<String> column = List.of(difference, integers.of(-1, 1, 1));
    String shaped = graph.node("Reshape", y + ".column", column);
    return graph.node("Add", y + ".corrected", List.of(y, shaped));
  }

  @Override
  public String ofRows(String y, Convolution convolution) {
    corrected.put(convolution.name(), convolution);
    String difference = difference(convolution.name(), MAP, y, ROWS, convolution.out());
    return graph.node("Add", y + ".corrected", List.of(y, difference));
  }

  @Override
  public String ofLogits(String y, int classes) {
    String difference = difference(LOGITS, ROWS, y, ROWS, classes);
    return graph.node("Add", y + ".corrected", List.of(y, difference));
  }

  /** Mean of a value in floats less that of its counterpart in 8 bits // [channels] */
  private String difference(
      String floats, long[] floatAxes, String int8, long[] int8Axes, int channels) {
    List<String> means = List.of(mean(floats, floatAxes), mean(int8, int8Axes));
    String difference = graph.node("Sub", floats + DIFFERENCE, means);
    graph.outputOfAll(difference, channels);
    return difference;
  }

  private String mean(String value, long[] axes) {
    List<String> inputs = List.of(value, integers.of(axes));
    return graph.node("ReduceMean", value + ".mean", inputs, attribute("keepdims", 0));
  }
}

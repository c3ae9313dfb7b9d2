package dev.lakelens.quantize;

import static dev.lakelens.network.OnnxGraph.attribute;

import dev.lakelens.network.Architecture;
import dev.lakelens.network.BatchNorm;
import dev.lakelens.network.Convolution;
import dev.lakelens.network.Features;
import dev.lakelens.network.MBConv;
import dev.lakelens.network.OnnxGraph;
import dev.lakelens.network.Pads;
import dev.lakelens.network.Parameters;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import dev.lakelens.network.TrainedNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a ReLU6 network with all in 8 bits but the mean over the last map. Whatever a layer reads
 * is quantised, and nothing else: not what a convolution gives before ReLU6, whose range is many
 * times that of ReLU6.
 */
final class Int8Convolutions {
  private static final String POOL = "pool";

  /** Beyond the ranges that were measured none is needed: of Lite0 it gains nothing. */
  private static final double HEADROOM = 1;

  private final OnnxGraph graph;
  private final Qdq qdq;
  private final Rows rows;
  private final TrainedNetwork trained;
  private final Ranges ranges;
  private final Rounding rounding;
  private final Correction correction;
  private final String least;
  private final String most;

  Int8Convolutions(
      OnnxGraph graph,
      TrainedNetwork trained,
      Ranges ranges,
      Rounding rounding,
      Correction correction) {
    this.graph = graph;
    this.qdq = new Qdq(graph);
    this.rows = new Rows(graph);
    this.trained = trained;
    this.ranges = ranges;
    this.rounding = rounding;
    this.correction = correction;
    this.least = graph.constant("relu6.min", Tensor.scalar(0));
    this.most = graph.constant("relu6.max", Tensor.scalar(6));
  }

  /**
   * A square map.
   *
   * @param value // [N, channels, size, size]
   */
  private record Map(Qdq.Value value, int size) {}

  /** The values whose ranges are needed: what passes no ReLU6. */
  static List<Ranges.Value> values(Architecture architecture) {
    List<Ranges.Value> values = new ArrayList<>();
    for (MBConv block : architecture.blocks()) {
      values.add(new Ranges.Value(block.project().name(), block.out()));
      if (block.skips()) {
        values.add(new Ranges.Value(block.part("skip"), block.out()));
      }
    }
    values.add(new Ranges.Value(POOL, architecture.features()));
    return values;
  }

  /** Draws everything; called once. */
  void draw() {
    Architecture architecture = trained.architecture();
    Map x = stem(architecture.stemConvolution());
    for (MBConv block : architecture.blocks()) {
      x = block(x, block);
    }
    x = activate(x, architecture.headConvolution());
    Features last = new Features(x.value().name(), x.size());
    int features = architecture.features();
    String embedding = rows.mean(rows.ofMap(last, POOL, features), "embedding", x.size(), features);
    graph.output(embedding, architecture.features());
    if (trained.tensors().classes() > 0) {
      classify(embedding);
    }
  }

  private Map stem(Convolution convolution) {
    InputQuantizer input = InputQuantizer.of(trained.card().preprocessing());
    String x = Recipe.INPUT;
    if (input.shift() != 0) {
      String shift = graph.constant("input.shift", Tensor.scalar(input.shift()));
      x = graph.node("Add", "input.shifted", List.of(x, shift));
    }
    Map pixels = new Map(qdq.quantize(x, Recipe.INPUT, input.quantizer()), trained.inputSize());
    return relu6(
        convolve(pixels, convolution, input.unshifted(fold(convolution))), pixels, convolution);
  }

  private Map block(Map input, MBConv block) {
    Map x = block.expands() ? activate(input, block.expand()) : input;
    x = activate(x, block.depthwise());
    x = project(x, block.project());
    return block.skips() ? add(x, input, block.part("skip")) : x;
  }

  private Map project(Map x, Convolution convolution) {
    String y = convolve(x, convolution, fold(convolution));
    Quantizer quantizer = ranges.of(convolution.name()).quantizer(HEADROOM);
    return new Map(qdq.quantize(y, convolution.name(), quantizer), x.size());
  }

  private Map add(Map x, Map input, String name) {
    String sum = graph.node("Add", name, List.of(x.value().name(), input.value().name()));
    return new Map(qdq.quantize(sum, name, ranges.of(name).quantizer(HEADROOM)), x.size());
  }

  private Map activate(Map x, Convolution convolution) {
    return relu6(convolve(x, convolution, fold(convolution)), x, convolution);
  }

  private Map relu6(String y, Map x, Convolution convolution) {
    String name = convolution.name() + ".relu6";
    String clipped = graph.node("Clip", name, List.of(y, least, most));
    int size = pads(x, convolution).outputSize(convolution, x.size());
    return new Map(qdq.quantize(clipped, name, Quantizer.RELU6), size);
  }

  private BatchNorm fold(Convolution convolution) {
    return BatchNorm.fold(convolution, trained.tensors(), trained.epsilon());
  }

  private Pads pads(Map x, Convolution convolution) {
    return Pads.of(trained.padding(), convolution, x.size());
  }

  private String convolve(Map x, Convolution convolution, BatchNorm folded) {
    Int8Weights weights = rounding.round(convolution, folded, input(x, convolution));
    String y =
        graph.node(
            "Conv",
            convolution.name(),
            List.of(
                x.value().name(),
                qdq.weights(convolution.weight(), weights),
                qdq.bias(convolution.name() + ".bias", weights)),
            convolution.attributes(pads(x, convolution)));
    return correction.ofMap(y, convolution);
  }

  private Rounding.Input input(Map x, Convolution convolution) {
    Features map = new Features(x.value().name(), x.size());
    return new Rounding.Input(
        x.value().quantizer().scale(),
        x.size(),
        () -> rows.ofMap(map, convolution.name() + ".input", convolution.in()));
  }

  private void classify(String embedding) {
    Tensors tensors = trained.tensors();
    Qdq.Value x = qdq.quantize(embedding, embedding, ranges.of(POOL).quantizer(HEADROOM));
    Int8Weights weights =
        Int8Weights.of(
            tensors.get(Parameters.CLASSIFIER_WEIGHT),
            tensors.get(Parameters.CLASSIFIER_BIAS),
            x.quantizer().scale());
    String logits =
        graph.node(
            "Gemm",
            "logits",
            List.of(
                x.name(),
                qdq.weights(Parameters.CLASSIFIER_WEIGHT, weights),
                qdq.bias(Parameters.CLASSIFIER_BIAS, weights)),
            attribute("transB", 1));
    graph.output(correction.ofLogits(logits, tensors.classes()), tensors.classes());
  }
}

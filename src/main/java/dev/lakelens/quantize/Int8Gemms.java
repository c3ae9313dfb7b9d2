package dev.lakelens.quantize;

import static dev.lakelens.network.OnnxGraph.attribute;

import dev.lakelens.network.Architecture;
import dev.lakelens.network.BatchNorm;
import dev.lakelens.network.Convolution;
import dev.lakelens.network.Features;
import dev.lakelens.network.Layers;
import dev.lakelens.network.MBConv;
import dev.lakelens.network.OnnxGraph;
import dev.lakelens.network.Parameters;
import dev.lakelens.network.SqueezeExcitation;
import dev.lakelens.network.Swish;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import dev.lakelens.network.TrainedNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a SiLU network with its wide 1x1 convolutions in 8 bits, as products of matrices whose rows
 * are pixels, and all else in floats: in 8 bits SiLU and depthwise convolutions are slower.
 */
final class Int8Gemms {
  /** With fewer, a float convolution is as fast. */
  private static final int LEAST_CHANNELS = 40;

  /** Of streams, as {@link GateScales} has it of gated maps. */
  private static final double HEADROOM = 1.5;

  private final OnnxGraph graph;
  private final Qdq qdq;
  private final Layers layers;
  private final Rows rows;
  private final TrainedNetwork trained;
  private final Ranges ranges;
  private final Rounding rounding;
  private final Correction correction;

  Int8Gemms(
      OnnxGraph graph,
      TrainedNetwork trained,
      Ranges ranges,
      Rounding rounding,
      Correction correction) {
    this.graph = graph;
    this.qdq = new Qdq(graph);
    this.layers =
        new Layers(
            graph,
            trained.architecture().activation(),
            trained.padding(),
            trained.epsilon(),
            trained.tensors());
    this.rows = new Rows(graph);
    this.trained = trained;
    this.ranges = ranges;
    this.rounding = rounding;
    this.correction = correction;
  }

  /** The values whose ranges are needed: what is quantised, and streams, which are equalised. */
  static List<Ranges.Value> values(Architecture architecture) {
    List<Ranges.Value> values = new ArrayList<>();
    for (MBConv block : architecture.blocks()) {
      values.add(new Ranges.Value(gated(block), block.expanded()));
      values.add(new Ranges.Value(block.project().name(), block.out()));
      if (block.skips()) {
        values.add(new Ranges.Value(block.part("skip"), block.out()));
      }
    }
    return values;
  }

  private static boolean inInt8(Convolution pointwise) {
    return pointwise.in() >= LEAST_CHANNELS;
  }

  private static String gated(MBConv block) {
    return block.squeezeExcitation().name() + ".excite";
  }

  /** Draws everything; called once. */
  void draw() {
    Architecture architecture = trained.architecture();
    Features x = new Features(Recipe.INPUT, trained.inputSize());
    Convolution stem = architecture.stemConvolution();
    Stream stream = Stream.ofMap(graph, rows, stem.name(), activate(x, stem), stem.out());
    for (MBConv block : architecture.blocks()) {
      stream = block(stream, block);
    }
    Convolution head = architecture.headConvolution();
    String embedding = rows.mean(widen(stream, head), "embedding", stream.size(), head.out());
    graph.output(embedding, architecture.features());
    if (trained.tensors().classes() > 0) {
      graph.output(classify(embedding), trained.tensors().classes());
    }
  }

  private Stream block(Stream input, MBConv block) {
    Features x = activate(block.expands() ? expand(input, block) : input.map(), block.depthwise());
    String gate = gate(x, block.squeezeExcitation());
    Stream y = inInt8(block.project()) ? project(x, gate, block) : projectFloats(x, gate, block);
    return block.skips() ? y.plus(input, block.part("skip")) : y;
  }

  private Features expand(Stream input, MBConv block) {
    Convolution expand = block.expand();
    return inInt8(expand)
        ? rows.toMap(widen(input, expand), expand.name(), input.size(), expand.out())
        : activate(input.map(), expand);
  }

  private Features activate(Features x, Convolution convolution) {
    return layers.activate(layers.convolve(x, convolution));
  }

  /** A 1x1 convolution of the stream to many channels, activated // [N * size * size, out] */
  private String widen(Stream input, Convolution convolution) {
    Qdq.Value x =
        qdq.quantize(
            input.pixelsToQuantize(),
            convolution.name() + ".input",
            ranges.of(input.name()).quantizer(HEADROOM));
    return Swish.SILU.addTo(graph, multiply(x, input.size(), convolution, fold(convolution)));
  }

  /** Squeeze and excitation, up to the gate // [N, channels] */
  private String gate(Features x, SqueezeExcitation squeeze) {
    String name = squeeze.name();
    String mean = graph.node("GlobalAveragePool", name + ".squeeze", List.of(x.name()));
    String means = graph.node("Flatten", name + ".means", List.of(mean), attribute("axis", 1));
    String reduced = Swish.SILU.addTo(graph, dense(means, squeeze.reduce()));
    return graph.node("Sigmoid", name + ".gate", List.of(dense(reduced, squeeze.expand())));
  }

  /** The projection of a map that a gate multiplies. */
  private Stream project(Features x, String gate, MBConv block) {
    Convolution project = block.project();
    GateScales scales = GateScales.of(ranges.of(gated(block)));
    String q = new GatedRows(graph, rows).quantize(x, gate, scales.units(), gated(block));
    Qdq.Value value = qdq.dequantize(q, gated(block), new Quantizer(1, GateScales.ZERO));
    String y = multiply(value, x.size(), project, scales.intoWeights(fold(project)));
    return Stream.ofGemm(graph, rows, project.name(), y, block.out(), x.size());
  }

  private Stream projectFloats(Features x, String gate, MBConv block) {
    String column = rows.reshape(gate, gated(block) + ".gate", -1, block.expanded(), 1, 1);
    String gated = graph.node("Mul", gated(block), List.of(x.name(), column));
    Features y = layers.convolve(new Features(gated, x.size()), block.project());
    return Stream.ofMap(graph, rows, block.project().name(), y, block.out());
  }

  private String classify(String embedding) {
    Tensors tensors = trained.tensors();
    return dense(
        embedding,
        "logits",
        tensors.get(Parameters.CLASSIFIER_WEIGHT),
        tensors.get(Parameters.CLASSIFIER_BIAS));
  }

  /** A 1x1 convolution of a map of one pixel. */
  private String dense(String x, String name) {
    Tensor weight = trained.tensors().get(name + ".weight"); // [out, in, 1, 1]
    Tensor matrix = new Tensor(weight.shape().subList(0, 2), weight.data());
    return dense(x, name, matrix, trained.tensors().get(name + ".bias"));
  }

  private String dense(String x, String name, Tensor weight, Tensor bias) {
    String weights = graph.constant(name + ".weight", weight);
    String biases = graph.constant(name + ".bias", bias);
    return graph.node("Gemm", name, List.of(x, weights, biases), attribute("transB", 1));
  }

  private BatchNorm fold(Convolution convolution) {
    return BatchNorm.fold(convolution, trained.tensors(), trained.epsilon());
  }

  /** A 1x1 convolution of rows. */
  private String multiply(Qdq.Value x, int size, Convolution convolution, BatchNorm folded) {
    Rounding.Input input = new Rounding.Input(x.quantizer().scale(), size, x::name);
    Int8Weights weights = rounding.round(convolution, folded, input);
    String y =
        graph.node(
            "Gemm",
            convolution.name(),
            List.of(
                x.name(),
                qdq.columns(convolution.weight(), weights),
                qdq.bias(convolution.name() + ".bias", weights)));
    return correction.ofRows(y, convolution);
  }
}

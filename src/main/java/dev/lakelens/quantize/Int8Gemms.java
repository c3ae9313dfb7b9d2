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
import dev.lakelens.network.Trained;
import java.util.ArrayList;
import java.util.List;

/**
 * A SiLU network with its wide 1x1 convolutions in 8 bits, as products of matrices whose rows are
 * pixels, and everything else in floats.
 */
final class Int8Gemms {
  /** Below, 8 bits gain nothing. */
  private static final int LEAST_CHANNELS = 40;

  private final OnnxGraph graph;
  private final Qdq qdq;
  private final Layers layers;
  private final Trained trained;
  private final Ranges ranges;
  private final Correction correction;
  private final Rows rows;

  Int8Gemms(OnnxGraph graph, Trained trained, Ranges ranges, Correction correction) {
    this.graph = graph;
    this.qdq = new Qdq(graph);
    this.layers =
        new Layers(
            graph,
            trained.architecture().activation(),
            trained.padding(),
            trained.epsilon(),
            trained.tensors());
    this.trained = trained;
    this.ranges = ranges;
    this.correction = correction;
    this.rows = new Rows(graph);
  }

  static boolean inInt8(Convolution pointwise) {
    return pointwise.in() >= LEAST_CHANNELS;
  }

  /** The values whose ranges are needed. */
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

  private static String gated(MBConv block) {
    return block.squeezeExcitation().name() + ".excite";
  }

  /** Draws everything; called once. */
  void draw() {
    Architecture architecture = trained.architecture();
    Features x = new Features(Recipe.INPUT, trained.inputSize());
    x = layers.activate(layers.convolve(x, architecture.stemConvolution()));
    Stream stream =
        Stream.ofMap(graph, rows, architecture.stemConvolution().name(), x, architecture.stem());
    for (MBConv block : architecture.blocks()) {
      stream = block(stream, block);
    }
    Convolution head = architecture.headConvolution();
    String pooled = graph.node("GlobalAveragePool", "pool", List.of(wide(stream, head).name()));
    String embedding = graph.node("Flatten", "embedding", List.of(pooled), attribute("axis", 1));
    graph.output(embedding, architecture.features());
    if (trained.tensors().classes() > 0) {
      classify(embedding);
    }
  }

  private Stream block(Stream input, MBConv block) {
    Features x = block.expands() ? wide(input, block.expand()) : input.map();
    x = layers.activate(layers.convolve(x, block.depthwise()));
    String gate = gate(x, block.squeezeExcitation()); // [N, channels]
    Stream y = inInt8(block.project()) ? project(x, gate, block) : projectFloats(x, gate, block);
    return block.skips() ? y.plus(input, block.part("skip")) : y;
  }

  /** Squeeze and excitation without the multiplication. */
  private String gate(Features x, SqueezeExcitation squeeze) {
    String name = squeeze.name();
    String mean = graph.node("GlobalAveragePool", name + ".squeeze", List.of(x.name()));
    String means = graph.node("Flatten", name + ".means", List.of(mean), attribute("axis", 1));
    String reduced = Swish.SILU.addTo(graph, dense(means, squeeze.reduce()));
    return graph.node("Sigmoid", name + ".gate", List.of(dense(reduced, squeeze.expand())));
  }

  /** A 1x1 convolution on a map of one pixel, as a dense layer. */
  private String dense(String x, String name) {
    Tensor weight = trained.tensors().get(name + ".weight"); // [out, in, 1, 1]
    Tensor matrix = new Tensor(weight.shape().subList(0, 2), weight.data());
    return graph.node(
        "Gemm",
        name,
        List.of(
            x,
            graph.constant(name + ".weight", matrix),
            graph.constant(name + ".bias", trained.tensors().get(name + ".bias"))),
        attribute("transB", 1));
  }

  private Stream projectFloats(Features x, String gate, MBConv block) {
    String name = block.squeezeExcitation().name();
    String opened = rows.reshape(gate, name + ".opened", -1, block.expanded(), 1, 1);
    String gated = graph.node("Mul", gated(block), List.of(x.name(), opened));
    Features y = layers.convolve(new Features(gated, x.size()), block.project());
    return Stream.ofMap(graph, rows, block.project().name(), y, block.out());
  }

  /**
   * The gate multiplies channels, as a quantiser's scales do: with scales that are divided by it,
   * the quantiser gives the gated map in units of its own for each channel, which the weights know.
   */
  private Stream project(Features x, String gate, MBConv block) {
    String name = gated(block);
    int channels = block.expanded();
    long pixels = (long) x.size() * x.size();
    GateScales scales = GateScales.of(ranges.of(name));
    String units = graph.constant(name + ".units", Tensor.vector(scales.units()));
    String perGate = graph.node("Div", name + ".scales", List.of(units, gate)); // [N, channels]
    String column = rows.reshape(perGate, name + ".column", -1, 1); // [N * channels, 1]
    String planes = rows.reshape(x.name(), name + ".planes", -1, pixels); // [N * channels, pixels]
    String q =
        graph.node(
            "QuantizeLinear",
            name + ".quantized",
            List.of(planes, column, zeros(column, name)),
            attribute("axis", 1),
            attribute("block_size", pixels));
    String maps = rows.reshape(q, name + ".maps", -1, channels, pixels);
    String turned =
        graph.node(
            "Transpose", name + ".turned", List.of(maps), attribute("perm", List.of(0L, 2L, 1L)));
    String flat = rows.reshape(turned, name + ".rows", -1, channels);
    Qdq.Value value = qdq.dequantize(flat, name, new Quantizer(1, GateScales.ZERO));
    String y = gemm(value, block.project(), scales.intoWeights(fold(block.project())));
    return Stream.ofGemm(graph, rows, block.project().name(), y, block.out(), x.size());
  }

  /** A zero point for each scale, constant as soon as the batch is. */
  private String zeros(String column, String name) {
    String shape = graph.node("Shape", name + ".shape", List.of(column));
    return graph.node(
        "ConstantOfShape",
        name + ".zeros",
        List.of(shape),
        OnnxGraph.byteAttribute("value", GateScales.ZERO));
  }

  /** A 1x1 convolution of the stream to many channels, activated. */
  private Features wide(Stream stream, Convolution convolution) {
    if (!inInt8(convolution)) {
      return layers.activate(layers.convolve(stream.map(), convolution));
    }
    Qdq.Value x =
        qdq.quantize(
            stream.pixelsToQuantize(),
            convolution.name() + ".input",
            ranges.of(stream.name()).quantizer());
    String y = gemm(x, convolution, fold(convolution));
    String activated = Swish.SILU.addTo(graph, y);
    return rows.toMap(activated, convolution.name(), stream.size(), convolution.out());
  }

  private BatchNorm fold(Convolution convolution) {
    return BatchNorm.fold(convolution, trained.tensors(), trained.epsilon());
  }

  private String gemm(Qdq.Value x, Convolution convolution, BatchNorm folded) {
    Int8Weights weights = Int8Weights.of(folded.weight(), folded.bias(), x.quantizer().scale());
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

  private void classify(String embedding) {
    Tensors tensors = trained.tensors();
    String logits =
        graph.node(
            "Gemm",
            "logits",
            List.of(
                embedding,
                graph.constant(
                    Parameters.CLASSIFIER_WEIGHT, tensors.get(Parameters.CLASSIFIER_WEIGHT)),
                graph.constant(
                    Parameters.CLASSIFIER_BIAS, tensors.get(Parameters.CLASSIFIER_BIAS))),
            attribute("transB", 1));
    graph.output(logits, tensors.classes());
  }
}

package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.lakelens.network.OnnxGraph;
import dev.lakelens.onnx.OnnxInspection.Element;
import dev.lakelens.onnx.OnnxInspection.Layout;
import java.util.List;
import java.util.Optional;

/**
 * Puts nodes in front of a graph and behind it, so that it takes {@code input} and gives {@code
 * embedding} and {@code logits} as {@link dev.lakelens.model.Model} says.
 */
final class Adapter {
  /** Initializers need not be inputs from this format on. */
  private static final long MIN_IR_VERSION = 4;

  /**
   * An adapted model.
   *
   * @param fixedBatch the only batch that it takes; 0 where it takes any
   */
  record Adapted(ModelProto model, int fixedBatch) {}

  private final GraphProto file;
  private final Traits traits;
  private final boolean halves;
  private final int size;
  private final boolean withLogits;

  private Adapter(GraphProto file, int size, boolean withLogits) {
    this.file = file;
    this.traits = Traits.of(file);
    this.halves = Traits.hasHalves(file) || traits.input().element() == Element.FLOAT16;
    this.size = size;
    this.withLogits = withLogits;
  }

  /**
   * Adapts a checked model.
   *
   * @param size side of the square input, in pixels
   * @param withLogits whether the classifier is wanted, which the model then has
   */
  static Adapted adapt(ModelProto model, int size, boolean withLogits) {
    Adapter adapter = new Adapter(Names.free(model.getGraph()), size, withLogits);
    int batch = adapter.traits.input().batch();
    GraphProto graph = adapter.graph(batch);
    Optional<GraphProto> free =
        batch == 1 ? BatchFreedom.free(graph, Names.INPUT) : Optional.empty();
    ModelProto.Builder adapted = ModelProto.newBuilder();
    adapted.setIrVersion(Math.max(MIN_IR_VERSION, model.getIrVersion()));
    adapted.setProducerName(model.getProducerName());
    adapted.addAllOpsetImport(model.getOpsetImportList());
    adapted.setGraph(free.map(any -> Pruning.prune(adapter.declare(any, 0))).orElse(graph));
    return new Adapted(adapted.build(), free.isPresent() ? 0 : batch);
  }

  private GraphProto graph(int batch) {
    Nodes nodes = new Nodes();
    input(nodes);
    nodes.addAll(file.getNodeList());
    output(nodes, traits.tail().embedding(), Names.EMBEDDING);
    if (withLogits) {
      output(nodes, traits.tail().logits().orElseThrow(), Names.LOGITS);
    }
    GraphProto.Builder graph = GraphProto.newBuilder().setName(file.getName());
    graph.addAllNode(nodes.nodes()).addAllInitializer(file.getInitializerList());
    graph.addAllInitializer(nodes.constants());
    return Pruning.prune(declare(graph.build(), batch));
  }

  /** The same graph with the inputs and outputs of our contract. */
  private GraphProto declare(GraphProto graph, int batch) {
    GraphProto.Builder declared = graph.toBuilder().clearInput().clearOutput();
    declared.addInput(OnnxGraph.floats(Names.INPUT, batch, 3, size, size));
    declared.addOutput(OnnxGraph.floats(Names.EMBEDDING, batch, traits.tail().features()));
    if (withLogits) {
      declared.addOutput(OnnxGraph.floats(Names.LOGITS, batch, traits.tail().classes()));
    }
    return declared.build();
  }

  /** From float {@code [N, 3, S, S]} to what the file takes. */
  private void input(Nodes nodes) {
    ImageInput input = traits.input();
    String value =
        switch (input.element()) {
          case FLOAT32 -> Names.INPUT;
          // On a CPU ONNX Runtime computes in float, and leaves this rounding out.
          case FLOAT16 -> nodes.cast(Names.INPUT, Names.OURS + "half", DataType.FLOAT16);
          case UINT8 -> bytes(nodes);
        };
    if (input.layout() == Layout.NHWC) {
      value =
          nodes.add(
              "Transpose",
              Names.OURS + "nhwc",
              List.of(value),
              OnnxGraph.attribute("perm", List.of(0L, 2L, 3L, 1L)));
    }
    nodes.add("Identity", input.name(), List.of(value));
  }

  /** The nearest whole numbers from 0 to 255; a cast of any other is not defined. */
  private static String bytes(Nodes nodes) {
    String half = nodes.constant(Names.OURS + "0.5", 0.5f);
    String least = nodes.constant(Names.OURS + "0", 0);
    String most = nodes.constant(Names.OURS + "255", 255);
    String raised = nodes.add("Add", Names.OURS + "raised", List.of(Names.INPUT, half));
    String whole = nodes.add("Floor", Names.OURS + "whole", List.of(raised));
    String low = nodes.add("Max", Names.OURS + "low", List.of(whole, least));
    String high = nodes.add("Min", Names.OURS + "high", List.of(low, most));
    return nodes.cast(high, Names.OURS + "bytes", DataType.UINT8);
  }

  /** From what the file has to float {@code [N, values]}. */
  private void output(Nodes nodes, Tap tap, String name) {
    String value = tap.value();
    if (tap.quantised()) {
      value = nodes.add("DequantizeLinear", Names.OURS + name + ".dequantized", tap.inputs());
    }
    if (halves) {
      value = nodes.cast(value, Names.OURS + name + ".float", DataType.FLOAT);
    }
    nodes.add("Flatten", name, List.of(value), OnnxGraph.attribute("axis", 1));
  }
}

package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lakelens.model.ModelException;
import dev.lakelens.onnx.OnnxInspection.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The end of a network: a dense layer, perhaps with an activation; or pooled features.
 *
 * @param embedding where the pooled features are
 * @param logits where the dense layer's values are, before an activation; none without a classifier
 * @param output what the file's own output is
 * @param classes number of logits, 0 without a classifier
 * @param features number of pooled features
 */
record Tail(Tap embedding, Optional<Tap> logits, Output output, int classes, int features) {
  private static final Set<String> KEEP_VALUES =
      Set.of(
          "Identity",
          "Dropout",
          "Flatten",
          "Reshape",
          "Squeeze",
          "Unsqueeze",
          "Cast",
          "QuantizeLinear",
          "DequantizeLinear");

  private static final int MAX_OUTPUTS = 256;

  /** Whether a node gives the values of its first input, perhaps in another shape or type. */
  static boolean keepsValues(NodeProto node) {
    return KEEP_VALUES.contains(node.getOpType());
  }

  /**
   * Finds the end of a network.
   *
   * @throws ModelException where the outputs are not those of one classifier, nor pooled features
   */
  static Tail of(GraphProto graph, Values values) {
    if (graph.getOutputCount() > MAX_OUTPUTS) { // the way to each is walked
      throw new ModelException(
          "it has %d outputs, more than the %d that are read; export the classifier's alone"
              .formatted(graph.getOutputCount(), MAX_OUTPUTS));
    }
    List<Classifier> classifiers = new ArrayList<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      Classifier.behind(output.getName(), values).ifPresent(classifiers::add);
    }
    if (classifiers.isEmpty()) {
      return headless(graph, values);
    }
    if (classifiers.stream().map(Classifier::dense).distinct().count() > 1) {
      throw new ModelException(
          "its outputs %s come from several classifiers; export it with one"
              .formatted(names(graph)));
    }
    // Of an activation's output and its input, the activation's tells what the logits are.
    Classifier classifier =
        classifiers.stream()
            .filter(candidate -> candidate.output() != Output.LOGITS)
            .findFirst()
            .orElse(classifiers.get(0));
    Dense dense = classifier.dense();
    return new Tail(
        Tap.readBy(dense.node(), values),
        Optional.of(classifier.logits()),
        classifier.output(),
        dense.classes(),
        dense.features());
  }

  private static Tail headless(GraphProto graph, Values values) {
    List<ValueInfoProto> pooled =
        graph.getOutputList().stream()
            .filter(output -> Dense.isPooled(output.getName(), values))
            .toList();
    if (pooled.size() != 1) {
      throw new ModelException(
          ("its outputs %s are neither a dense layer's nor pooled features; "
                  + "export the classifier with its logits")
              .formatted(names(graph)));
    }
    ValueInfoProto output = pooled.get(0);
    List<Long> shape = Shapes.of(output);
    boolean flat = shape.size() >= 2 && shape.stream().skip(2).allMatch(side -> side == 1);
    if (!flat || shape.get(1) < 1 || shape.get(1) > OnnxFile.MAX_BYTES) {
      throw new ModelException(
          "its output %s does not say how many features it has".formatted(output.getName()));
    }
    Tap embedding = Tap.of(output.getName());
    return new Tail(embedding, Optional.empty(), Output.EMBEDDING, 0, shape.get(1).intValue());
  }

  private static List<String> names(GraphProto graph) {
    return graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
  }
}

package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.lakelens.onnx.OnnxInspection.Output;
import java.util.Optional;

/**
 * A dense layer and what follows it up to an output.
 *
 * @param logits the dense layer's values, with their bias and before an activation
 * @param output what the activation, if there is one, makes of them
 */
record Classifier(Dense dense, Tap logits, Output output) {

  /** The classifier that ends in an output, if one does. */
  static Optional<Classifier> behind(String output, Values values) {
    String value = output;
    Tap logits = Tap.beforeQuantisers(output, values);
    Output kind = Output.LOGITS;
    Optional<NodeProto> next = values.producer(value);
    while (next.isPresent()) {
      NodeProto node = next.get();
      Optional<Dense> dense = Dense.of(node, values);
      if (dense.isPresent()) {
        return Optional.of(new Classifier(dense.get(), logits, kind));
      }
      Output activation = activation(node);
      if (activation != Output.LOGITS) {
        if (kind != Output.LOGITS) {
          return Optional.empty();
        }
        kind = activation;
        logits = Tap.dataOf(node, values);
        value = Values.input(node, 0);
      } else if (Tail.keepsValues(node)) {
        value = Values.input(node, 0);
      } else if (isBias(node, values)) {
        value = addend(node, values);
      } else {
        return Optional.empty();
      }
      next = values.producer(value);
    }
    return Optional.empty();
  }

  private static Output activation(NodeProto node) {
    return switch (node.getOpType()) {
      case "Softmax", "LogSoftmax", "QLinearSoftmax" -> Output.SOFTMAX;
      case "Sigmoid", "QLinearSigmoid" -> Output.SIGMOID;
      default -> Output.LOGITS;
    };
  }

  private static boolean isBias(NodeProto node, Values values) {
    int second = second(node);
    return second > 0
        && second < node.getInputCount()
        && values.isConstant(Values.input(node, 0))
            != values.isConstant(Values.input(node, second));
  }

  private static String addend(NodeProto node, Values values) {
    return Values.input(node, values.isConstant(node.getInput(0)) ? second(node) : 0);
  }

  /** Index of an addition's second input, behind the first one's scale and zero point. */
  private static int second(NodeProto node) {
    return switch (node.getOpType()) {
      case "Add" -> 1;
      case "QLinearAdd" -> 3;
      default -> -1;
    };
  }
}

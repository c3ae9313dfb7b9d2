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
    Tap logits = Tap.of(output);
    Output kind = Output.LOGITS;
    Optional<NodeProto> next = values.producer(output);
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
        logits = Tap.readBy(node, values);
      }
      next = summand(node, values).flatMap(values::producer);
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

  /** The value that a node may have from a dense layer, but for its bias. */
  private static Optional<String> summand(NodeProto node, Values values) {
    if (activation(node) != Output.LOGITS || Tail.keepsValues(node)) {
      return Optional.of(Values.input(node, 0));
    }
    return switch (node.getOpType()) {
      case "Add" -> besideAConstant(node, 1, values);
      case "QLinearAdd" -> besideAConstant(node, 3, values); // behind a scale and a zero point
      case "Mul" -> integerProduct(node, values);
      default -> Optional.empty();
    };
  }

  /** The one of two inputs that is not a constant. */
  private static Optional<String> besideAConstant(NodeProto node, int second, Values values) {
    String a = Values.input(node, 0);
    String b = Values.input(node, second);
    if (values.isConstant(a) == values.isConstant(b)) {
      return Optional.empty();
    }
    return Optional.of(values.isConstant(a) ? b : a);
  }

  /** The product of integers that a node multiplies by their scales. */
  private static Optional<String> integerProduct(NodeProto node, Values values) {
    return node.getInputList().stream()
        .filter(
            input ->
                values
                    .producer(input)
                    .filter(cast -> cast.getOpType().equals("Cast"))
                    .flatMap(cast -> values.producer(Values.input(cast, 0)))
                    .filter(product -> product.getOpType().equals("MatMulInteger"))
                    .isPresent())
        .findFirst();
  }
}

package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A classifier's dense layer.
 *
 * @param node the product, without a bias that is added behind it
 * @param features columns of the weights
 * @param classes rows of the weights
 */
record Dense(NodeProto node, int features, int classes) {
  private static final Set<String> POOLS =
      Set.of(
          "GlobalAveragePool",
          "AveragePool",
          "ReduceMean",
          "QLinearGlobalAveragePool",
          "QLinearAveragePool");

  /** The dense layer that a node is, if it is one. */
  static Optional<Dense> of(NodeProto node, Values values) {
    return switch (node.getOpType()) {
      case "Gemm" -> gemm(node, values);
      case "QGemm" -> transposable(node, shape(node, 3, values));
      case "MatMul" -> product(node, shape(node, 1, values), false);
      case "MatMulInteger" ->
          Tap.dynamicQuantiser(node, values)
              .flatMap(quantiser -> product(node, shape(node, 1, values), false));
      case "QLinearMatMul" -> product(node, shape(node, 3, values), false);
      case "Conv" -> pointwise(node, shape(node, 1, values), values);
      case "QLinearConv" -> pointwise(node, shape(node, 3, values), values);
      default -> Optional.empty();
    };
  }

  /** Whether a value is pooled features, perhaps in another shape. */
  static boolean isPooled(String value, Values values) {
    Optional<NodeProto> node = values.producer(value);
    while (node.isPresent() && Tail.keepsValues(node.get())) {
      node = values.producer(Values.input(node.get(), 0));
    }
    return node.filter(pool -> POOLS.contains(pool.getOpType())).isPresent();
  }

  private static Optional<Dense> gemm(NodeProto node, Values values) {
    boolean plain =
        Attributes.integer(node, "transA", 0) == 0 && Attributes.number(node, "alpha", 1) == 1;
    return plain ? transposable(node, shape(node, 1, values)) : Optional.empty();
  }

  private static Optional<Dense> transposable(NodeProto node, List<Long> weight) {
    return product(node, weight, Attributes.integer(node, "transB", 0) != 0);
  }

  private static Optional<Dense> product(NodeProto node, List<Long> weight, boolean transposed) {
    if (weight.size() != 2) {
      return Optional.empty();
    }
    return of(node, weight.get(transposed ? 1 : 0), weight.get(transposed ? 0 : 1));
  }

  private static Optional<Dense> of(NodeProto node, long features, long classes) {
    boolean some = features > 0 && classes > 0;
    return some
        ? Optional.of(new Dense(node, Math.toIntExact(features), Math.toIntExact(classes)))
        : Optional.empty();
  }

  /** A 1x1 convolution of one pixel is a dense layer. */
  private static Optional<Dense> pointwise(NodeProto node, List<Long> weight, Values values) {
    boolean one =
        weight.size() == 4
            && weight.get(2) == 1
            && weight.get(3) == 1
            && Attributes.integer(node, "group", 1) == 1
            && isPooled(Values.input(node, 0), values);
    return one ? of(node, weight.get(1), weight.get(0)) : Optional.empty();
  }

  private static List<Long> shape(NodeProto node, int input, Values values) {
    return input < node.getInputCount()
        ? values.shapeOfConstant(Values.input(node, input))
        : List.of();
  }
}

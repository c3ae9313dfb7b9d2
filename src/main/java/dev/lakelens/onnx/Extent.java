package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What is known of a value before it is computed; NaN and infinities say that nothing is.
 *
 * @param low no element is less
 * @param high no element is greater
 * @param count there are no more elements
 */
record Extent(double low, double high, double count) {
  private static final double ANY = Double.POSITIVE_INFINITY;

  static final Extent UNKNOWN = new Extent(-ANY, ANY, ANY);

  /** An optional input that is not given. */
  static final Extent ABSENT = new Extent(-ANY, ANY, 1);

  /** Constants with more elements are weights, and no shapes. */
  private static final int MAX_SHAPE = 64;

  private static final double MAX_RANK = 8;

  static Extent of(TensorProto tensor) {
    double count = tensor.getDimsList().stream().mapToDouble(d -> d).reduce(1, (a, b) -> a * b);
    if (count > MAX_SHAPE) {
      return new Extent(-ANY, ANY, count);
    }
    if (count == 0) {
      return new Extent(0, 0, 0);
    }
    DoubleSummaryStatistics range =
        DoubleStream.concat(
                Numbers.longs(tensor).stream().mapToDouble(Long::doubleValue),
                Numbers.floats(tensor).stream().mapToDouble(Float::doubleValue))
            .summaryStatistics();
    return range.getCount() == 0
        ? new Extent(-ANY, ANY, count)
        : new Extent(range.getMin(), range.getMax(), count);
  }

  /** The extent of a node's first output, from those of its inputs. */
  static Extent of(NodeProto node, List<Extent> inputs) {
    if (inputs.isEmpty()) {
      return UNKNOWN;
    }
    Extent data = inputs.get(0);
    Extent other = inputs.size() > 1 ? inputs.get(1) : UNKNOWN;
    return switch (node.getOpType()) {
      case "Identity", "Reshape", "Squeeze", "Unsqueeze", "Transpose", "Slice" -> data;
      case "Cast", "Floor", "Ceil" ->
          new Extent(Math.floor(data.low), Math.ceil(data.high), data.count);
      case "Clip" -> node.getAttributeCount() == 0 ? data.clipped(inputs) : UNKNOWN;
      case "Shape" -> new Extent(0, data.count, MAX_RANK);
      case "Gather" -> new Extent(data.low, data.high, data.count * other.count);
      case "Concat" -> concatenated(inputs);
      case "Add" -> new Extent(data.low + other.low, data.high + other.high, data.count(other));
      case "Sub" -> new Extent(data.low - other.high, data.high - other.low, data.count(other));
      case "Mul" -> data.times(other.low, other.high, other);
      case "Div" -> other.low > 0 ? data.times(1 / other.high, 1 / other.low, other) : UNKNOWN;
      default -> UNKNOWN;
    };
  }

  double magnitude() {
    return Math.max(Math.abs(low), Math.abs(high)); // NaN stays
  }

  private Extent clipped(List<Extent> inputs) {
    Extent least = inputs.size() > 1 ? inputs.get(1) : ABSENT;
    Extent most = inputs.size() > 2 ? inputs.get(2) : ABSENT;
    double raised = Math.max(high, least.high == ANY ? -ANY : least.high);
    double floor = Math.max(low, least.low);
    return new Extent(
        Math.min(floor, most.low == -ANY ? ANY : most.low), Math.min(raised, most.high), count);
  }

  private Extent times(double least, double most, Extent other) {
    double[] products = {low * least, low * most, high * least, high * most};
    return new Extent(
        DoubleStream.of(products).reduce(ANY, Math::min),
        DoubleStream.of(products).reduce(-ANY, Math::max),
        count(other));
  }

  private static Extent concatenated(List<Extent> inputs) {
    return new Extent(
        inputs.stream().mapToDouble(Extent::low).reduce(ANY, Math::min),
        inputs.stream().mapToDouble(Extent::high).reduce(-ANY, Math::max),
        inputs.stream().mapToDouble(Extent::count).sum());
  }

  private double count(Extent other) {
    return count * other.count;
  }
}

package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lakelens.network.OnnxGraph;
import java.util.List;

/**
 * A network of one 1x1 convolution, a pool and a dense layer, wired as one maker or another does.
 */
final class TinyGraph {
  static final int SIZE = 4;
  static final int FEATURES = 5;
  static final int CLASSES = 4;

  /** {@code [features, 3]}. */
  static final float[] FILTER = numbers(FEATURES * 3, 0);

  static final float[] FILTER_BIAS = numbers(FEATURES, 1);

  /** {@code [classes, features]}. */
  static final float[] WEIGHT = numbers(CLASSES * FEATURES, 2);

  static final float[] BIAS = numbers(CLASSES, 3);

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");

  /** Numbers from -1 to 1, of no pattern. */
  static float[] numbers(int count, int seed) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) Math.sin(1 + 7.1 * i + 3.3 * seed);
    }
    return numbers;
  }

  TinyGraph input(String name, DataType type, long... shape) {
    graph.addInput(value(name, type, shape));
    return this;
  }

  TinyGraph output(String name, DataType type, long... shape) {
    graph.addOutput(value(name, type, shape));
    return this;
  }

  TinyGraph node(
      String operator, String output, List<String> inputs, AttributeProto... attributes) {
    graph
        .addNodeBuilder()
        .setName(output)
        .setOpType(operator)
        .addAllInput(inputs)
        .addOutput(output)
        .addAllAttribute(List.of(attributes));
    return this;
  }

  TinyGraph node(NodeProto node) {
    graph.addNode(node);
    return this;
  }

  /** To a quantised value, its scale and its zero point. */
  TinyGraph dynamicQuantiser(String input, String... outputs) {
    graph
        .addNodeBuilder()
        .setName(outputs[0])
        .setOpType("DynamicQuantizeLinear")
        .addInput(input)
        .addAllOutput(List.of(outputs));
    return this;
  }

  TinyGraph floats(String name, float[] values, long... shape) {
    TensorProto.Builder tensor = constant(name, DataType.FLOAT, shape);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return this;
  }

  TinyGraph bytes(String name, DataType type, int[] values, long... shape) {
    TensorProto.Builder tensor = constant(name, type, shape);
    for (int value : values) {
      tensor.addInt32Data(value);
    }
    return this;
  }

  TinyGraph longs(String name, long... values) {
    TensorProto.Builder tensor = constant(name, DataType.INT64, values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return this;
  }

  /** From images {@code [N, 3, SIZE, SIZE]} to {@code pool}, {@code [N, FEATURES, 1, 1]}. */
  TinyGraph trunk(String images) {
    return floats("filter", FILTER, FEATURES, 3, 1, 1)
        .floats("filter_bias", FILTER_BIAS, FEATURES)
        .node("Conv", "conv", List.of(images, "filter", "filter_bias"))
        .node("Relu", "relu", List.of("conv"))
        .node("GlobalAveragePool", "pool", List.of("relu"));
  }

  /** From {@code features} {@code [N, FEATURES]} to an output {@code [N, CLASSES]}. */
  TinyGraph gemm(String features, String output) {
    return floats("weight", WEIGHT, CLASSES, FEATURES)
        .floats("bias", BIAS, CLASSES)
        .node(
            "Gemm", output, List.of(features, "weight", "bias"), OnnxGraph.attribute("transB", 1));
  }

  /** With everything that every maker does alike, and {@code dense} before what is added later. */
  static TinyGraph plain(String input) {
    return new TinyGraph()
        .input(input, DataType.FLOAT, 0, 3, SIZE, SIZE)
        .trunk(input)
        .node("Flatten", "flat", List.of("pool"))
        .gemm("flat", "dense");
  }

  ModelProto.Builder model() {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setProducerName("tiny");
    model.addOpsetImportBuilder().setVersion(17);
    return model.setGraph(graph);
  }

  private TensorProto.Builder constant(String name, DataType type, long... shape) {
    TensorProto.Builder tensor = graph.addInitializerBuilder().setName(name);
    tensor.setDataType(type.getNumber());
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    return tensor;
  }

  private static ValueInfoProto value(String name, DataType type, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long dimension : shape) {
      if (dimension == 0) {
        dimensions.addDimBuilder().setDimParam("batch_size");
      } else {
        dimensions.addDimBuilder().setDimValue(dimension);
      }
    }
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setShape(dimensions);
    tensor.setElemType(type.getNumber());
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}

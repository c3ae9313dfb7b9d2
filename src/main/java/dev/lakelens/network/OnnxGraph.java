package dev.lakelens.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import java.util.List;

/** An ONNX graph under construction; a node's one output has the node's name. */
public final class OnnxGraph {
  /** Version 17 of the standard operators; format 8 came with it. */
  private static final int OPSET = 17;

  private static final int IR_VERSION = 8;

  private final GraphProto.Builder graph;

  OnnxGraph(String name) {
    graph = GraphProto.newBuilder().setName(name);
  }

  /** Declares a graph input, float {@code [N, dimensions...]}. */
  String input(String name, int... dimensions) {
    graph.addInput(floats(name, 0, dimensions));
    return name;
  }

  /** Declares that a node's value is a graph output, float {@code [N, dimensions...]}. */
  void output(String name, int... dimensions) {
    graph.addOutput(floats(name, 0, dimensions));
  }

  /** Adds a constant; its data are not copied. */
  String constant(String name, Tensor tensor) {
    graph.addInitializer(tensor(name, tensor));
    return name;
  }

  /** Adds a node and returns the name of its output. */
  String node(String operator, String name, List<String> inputs, AttributeProto... attributes) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName(name);
    graph.addNode(node.addAllInput(inputs).addAllAttribute(List.of(attributes)).addOutput(name));
    return name;
  }

  byte[] toBytes() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("Lakelens")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  /** A constant; its data are not copied. */
  public static TensorProto tensor(String name, Tensor tensor) {
    TensorProto.Builder constant = TensorProto.newBuilder().setName(name);
    constant.setDataType(TensorProto.DataType.FLOAT.getNumber());
    tensor.shape().forEach(constant::addDims);
    return constant.setRawData(UnsafeByteOperations.unsafeWrap(tensor.data())).build();
  }

  /** What a node is told beside its inputs. */
  public static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  /** What a node is told beside its inputs. */
  public static AttributeProto attribute(String name, List<Long> values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addAllInts(values)
        .build();
  }

  /**
   * A float value, {@code [batch, dimensions...]}.
   *
   * @param fixedBatch the only batch; 0 for any, which is then called {@code N}
   */
  public static ValueInfoProto floats(String name, int fixedBatch, int... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    if (fixedBatch == 0) {
      shape.addDimBuilder().setDimParam("N");
    } else {
      shape.addDimBuilder().setDimValue(fixedBatch);
    }
    for (int dimension : dimensions) {
      shape.addDimBuilder().setDimValue(dimension);
    }
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setShape(shape);
    tensor.setElemType(TensorProto.DataType.FLOAT.getNumber());
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}

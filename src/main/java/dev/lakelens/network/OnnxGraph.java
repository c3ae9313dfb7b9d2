package dev.lakelens.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** An ONNX graph under construction; a node's one output has the node's name. */
public final class OnnxGraph {
  /** Version 17 of the standard operators; format 8 came with it. */
  private static final Opset STANDARD = new Opset(17, 8);

  /** The first version whose quantisers have a scale for every block of an axis. */
  private static final Opset BLOCKS = new Opset(21, 10);

  private record Opset(int version, int irVersion) {}

  private final GraphProto.Builder graph;
  private final Opset opset;
  private final String prefix; // of the names of nodes and constants

  OnnxGraph(String name) {
    this(GraphProto.newBuilder().setName(name), STANDARD, "");
  }

  private OnnxGraph(GraphProto.Builder graph, Opset opset, String prefix) {
    this.graph = graph;
    this.opset = opset;
    this.prefix = prefix;
  }

  /** A graph whose quantisers may have a scale for every block of an axis. */
  public static OnnxGraph withBlocks(String name) {
    return new OnnxGraph(GraphProto.newBuilder().setName(name), BLOCKS, "");
  }

  /** The same graph, where the names of what is added from now on begin with a prefix. */
  public OnnxGraph under(String prefix) {
    return new OnnxGraph(graph, opset, prefix);
  }

  /** Declares a graph input, float {@code [N, dimensions...]}. */
  public String input(String name, int... dimensions) {
    graph.addInput(floats(name, 0, dimensions));
    return name;
  }

  /** Declares that a node's value is a graph output, float {@code [N, dimensions...]}. */
  public void output(String name, int... dimensions) {
    graph.addOutput(floats(name, 0, dimensions));
  }

  /** Declares that a node's value, which has no batch, is a graph output, float. */
  public void outputOfAll(String name, int... dimensions) {
    graph.addOutput(floats(name, TensorShapeProto.newBuilder(), dimensions));
  }

  /** Adds a constant; its data are not copied. */
  public String constant(String name, Tensor tensor) {
    graph.addInitializer(tensor(prefix + name, tensor));
    return prefix + name;
  }

  /** Adds a constant of signed bytes. */
  public String int8(String name, List<Integer> shape, byte... values) {
    return constant(name, DataType.INT8, shape, ByteString.copyFrom(values));
  }

  /** Adds a constant of unsigned bytes. */
  public String uint8(String name, List<Integer> shape, byte... values) {
    return constant(name, DataType.UINT8, shape, ByteString.copyFrom(values));
  }

  /** Adds a vector of 32-bit integers. */
  public String int32(String name, int... values) {
    ByteBuffer bytes = littleEndian(Integer.BYTES * values.length);
    bytes.asIntBuffer().put(values);
    return constant(name, DataType.INT32, List.of(values.length), ByteString.copyFrom(bytes));
  }

  /** Adds a vector of 64-bit integers, such as a shape. */
  public String int64(String name, long... values) {
    ByteBuffer bytes = littleEndian(Long.BYTES * values.length);
    bytes.asLongBuffer().put(values);
    return constant(name, DataType.INT64, List.of(values.length), ByteString.copyFrom(bytes));
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String constant(String name, DataType type, List<Integer> shape, ByteString data) {
    TensorProto.Builder constant = TensorProto.newBuilder().setName(prefix + name);
    constant.setDataType(type.getNumber()).setRawData(data);
    shape.forEach(constant::addDims);
    graph.addInitializer(constant);
    return prefix + name;
  }

  /** Adds a node and returns the name of its output. */
  public String node(
      String operator, String name, List<String> inputs, AttributeProto... attributes) {
    String output = prefix + name;
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName(output);
    graph.addNode(node.addAllInput(inputs).addAllAttribute(List.of(attributes)).addOutput(output));
    return output;
  }

  /** The graph as a serialised ModelProto. */
  public byte[] toBytes() {
    return ModelProto.newBuilder()
        .setIrVersion(opset.irVersion())
        .setProducerName("Lakelens")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset.version()))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  /** A constant; its data are not copied. */
  public static TensorProto tensor(String name, Tensor tensor) {
    TensorProto.Builder constant = TensorProto.newBuilder().setName(name);
    constant.setDataType(DataType.FLOAT.getNumber());
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

  /** What a node is told beside its inputs: one unsigned byte. */
  public static AttributeProto byteAttribute(String name, int value) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDataType(DataType.UINT8.getNumber())
            .addDims(1)
            .setRawData(ByteString.copyFrom(new byte[] {(byte) value}))
            .build();
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.TENSOR)
        .setT(tensor)
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
    return floats(name, shape, dimensions);
  }

  private static ValueInfoProto floats(
      String name, TensorShapeProto.Builder shape, int... dimensions) {
    for (int dimension : dimensions) {
      shape.addDimBuilder().setDimValue(dimension);
    }
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setShape(shape);
    tensor.setElemType(DataType.FLOAT.getNumber());
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}

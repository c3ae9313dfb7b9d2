package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lakelens.model.ModelException;
import dev.lakelens.onnx.OnnxInspection.Element;
import dev.lakelens.onnx.OnnxInspection.Layout;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The image input of a graph.
 *
 * @param batch the only batch that it takes, or whose images do not change each other's results; 0
 *     where any is
 * @param size side in pixels; 0 where it takes any
 */
record ImageInput(String name, Layout layout, Element element, int batch, int size) {

  /**
   * Finds the input.
   *
   * @throws ModelException where there is not one input of square images with three channels
   */
  static ImageInput of(GraphProto graph) {
    // Until format 3 initializers are listed as inputs too.
    Set<String> initializers =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(i -> !initializers.contains(i.getName())).toList();
    if (inputs.size() != 1) {
      throw new ModelException(
          "it has the inputs %s, and an image classifier has one; export it with its constants inside"
              .formatted(inputs.stream().map(ValueInfoProto::getName).toList()));
    }
    ValueInfoProto input = inputs.get(0);
    List<Long> shape = Shapes.of(input);
    Layout layout = layout(input.getName(), shape);
    int height = layout == Layout.NCHW ? 2 : 1;
    return new ImageInput(
        input.getName(),
        layout,
        element(input),
        batch(graph, dimension(input, shape.get(0))),
        side(input, shape.get(height), shape.get(height + 1)));
  }

  private static Layout layout(String name, List<Long> shape) {
    boolean first = shape.size() == 4 && shape.get(1) == 3;
    boolean last = shape.size() == 4 && shape.get(3) == 3;
    if (first == last) {
      throw new ModelException(
          ("its input %s has the shape %s, and must be [N, 3, S, S] or [N, S, S, 3]; "
                  + "export it with its three channels fixed")
              .formatted(name, shape));
    }
    return first ? Layout.NCHW : Layout.NHWC;
  }

  private static Element element(ValueInfoProto input) {
    DataType type = DataType.forNumber(input.getType().getTensorType().getElemType());
    return switch (type == null ? DataType.UNDEFINED : type) {
      case FLOAT -> Element.FLOAT32;
      case FLOAT16 -> Element.FLOAT16;
      case UINT8 -> Element.UINT8;
      default ->
          throw new ModelException(
              "its input %s is of type %s, and must be float, float16 or uint8"
                  .formatted(input.getName(), type));
    };
  }

  /** A dynamic quantiser's scale is of all the images of a batch together. */
  private static int batch(GraphProto graph, int declared) {
    boolean mixes =
        graph.getNodeList().stream().anyMatch(n -> n.getOpType().equals("DynamicQuantizeLinear"));
    return mixes && declared == 0 ? 1 : declared;
  }

  private static int side(ValueInfoProto input, long height, long width) {
    if (height != width && height != 0 && width != 0) {
      throw new ModelException(
          "its input %s is %d x %d pixels, and must be square"
              .formatted(input.getName(), height, width));
    }
    return dimension(input, Math.max(height, width));
  }

  private static int dimension(ValueInfoProto input, long dimension) {
    if (dimension > 1 << 20) {
      throw new ModelException(
          "its input %s has a dimension of %d".formatted(input.getName(), dimension));
    }
    return (int) Math.max(0, dimension); // makers write -1 for a symbolic one
  }
}

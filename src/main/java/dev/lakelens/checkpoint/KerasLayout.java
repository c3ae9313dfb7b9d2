package dev.lakelens.checkpoint;

import dev.lakelens.network.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Keras's tensors with PyTorch's names of weights and PyTorch's order of dimensions. */
final class KerasLayout {
  private static final List<Integer> CONVOLUTION = List.of(3, 2, 0, 1); // from [h, w, in, out]
  private static final List<Integer> DEPTHWISE = List.of(2, 3, 0, 1); // from [h, w, channels, 1]
  private static final List<Integer> DENSE = List.of(1, 0); // from [in, out]

  private static final Map<String, String> WEIGHTS =
      Map.of(
          "kernel", "weight",
          "depthwise_kernel", "weight",
          "bias", "bias",
          "gamma", "weight",
          "beta", "bias",
          "moving_mean", "running_mean",
          "moving_variance", "running_var");

  /** The layer of preprocessing inside Keras's networks; its numbers are not the network's. */
  private static final String NORMALIZATION = "normalization";

  /** The classifier of Keras's own networks, and what the package efficientnet calls it. */
  private static final String CLASSIFIER = "predictions";

  private static final String OTHER_CLASSIFIER = "probs";

  /** Group of the network in a file that holds an optimizer as well. */
  private static final String WHOLE_MODEL = "model_weights";

  private KerasLayout() {}

  /** A weight's place: {@code stem_conv/stem_conv/kernel:0} is {@code kernel} of stem_conv. */
  private record Name(String layer, String weight) {
    static Name of(String path) {
      String[] parts = path.replaceFirst(":0$", "").split("[/.]", -1);
      String layer = parts.length > 1 ? parts[parts.length - 2] : "";
      return new Name(layer.equals(OTHER_CLASSIFIER) ? CLASSIFIER : layer, parts[parts.length - 1]);
    }
  }

  /** Whether a file's names are Keras's. */
  static boolean isOf(WeightFile file) {
    return file.tensors().keySet().stream()
        .map(Name::of)
        .anyMatch(name -> name.equals(new Name("stem_conv", "kernel")));
  }

  /** The same tensors by names such as {@code block1a_bn.running_mean}. */
  static WeightFile toPyTorch(WeightFile file) {
    boolean whole = file.tensors().keySet().stream().anyMatch(KerasLayout::inModel);
    Map<String, Tensor> tensors = new HashMap<>();
    file.tensors()
        .forEach(
            (path, tensor) -> {
              if (!whole || inModel(path)) {
                put(tensors, path, tensor);
              }
            });
    TreeSet<String> others = new TreeSet<>(file.others());
    others.removeIf(path -> (whole && !inModel(path)) || Name.of(path).layer.equals(NORMALIZATION));
    return new WeightFile(file.source(), tensors, others);
  }

  private static boolean inModel(String path) {
    return path.replace('/', '.').replaceFirst("^\\.", "").startsWith(WHOLE_MODEL + ".");
  }

  private static void put(Map<String, Tensor> tensors, String path, Tensor tensor) {
    Name name = Name.of(path);
    String weight = WEIGHTS.get(name.weight);
    if (weight != null) {
      tensors.put(name.layer + "." + weight, permuted(name.weight, tensor));
    } else if (!name.layer.equals(NORMALIZATION)) {
      tensors.put(path, tensor);
    }
  }

  private static Tensor permuted(String weight, Tensor tensor) {
    int dimensions = tensor.shape().size();
    if (weight.equals("depthwise_kernel") && dimensions == DEPTHWISE.size()) {
      return permuted(tensor, DEPTHWISE);
    }
    if (weight.equals("kernel") && dimensions == CONVOLUTION.size()) {
      return permuted(tensor, CONVOLUTION);
    }
    return weight.equals("kernel") && dimensions == DENSE.size() ? permuted(tensor, DENSE) : tensor;
  }

  /** Dimension {@code i} of the result is dimension {@code order.get(i)} of the tensor. */
  private static Tensor permuted(Tensor tensor, List<Integer> order) {
    List<Integer> shape = order.stream().map(tensor.shape()::get).toList();
    int[] strides = order.stream().mapToInt(i -> stride(tensor.shape(), i)).toArray();
    FloatBuffer from = tensor.floats();
    ByteBuffer data = ByteBuffer.allocate(from.remaining() * Float.BYTES);
    FloatBuffer to = data.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    int[] index = new int[order.size()];
    while (to.hasRemaining()) {
      int offset = 0;
      for (int i = 0; i < index.length; i++) {
        offset += index[i] * strides[i];
      }
      to.put(from.get(offset));
      advance(index, shape);
    }
    return new Tensor(shape, data);
  }

  private static int stride(List<Integer> shape, int dimension) {
    return (int) Tensor.elements(shape.subList(dimension + 1, shape.size()));
  }

  /** The next index in row-major order. */
  private static void advance(int[] index, List<Integer> shape) {
    int i = index.length - 1;
    while (i >= 0 && ++index[i] == shape.get(i)) {
      i--;
    }
    Arrays.fill(index, i + 1, index.length, 0);
  }
}

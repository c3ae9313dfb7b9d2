package dev.lakelens.checkpoint;

import dev.lakelens.network.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

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

  /** Layers that prepare pixels inside Keras's networks; their numbers are not the network's. */
  private static final List<String> PREPROCESSING = List.of("normalization", "rescaling");

  /** The classifier of Keras's own networks. */
  private static final String CLASSIFIER = "predictions";

  /** Group of the network in a file that holds an optimizer as well. */
  private static final String WHOLE_MODEL = "model_weights";

  private final SortedMap<String, Tensor> keras;
  private final Set<String> dense; // layers

  private KerasLayout(SortedMap<String, Tensor> keras) {
    this.keras = keras;
    this.dense =
        keras.entrySet().stream()
            .filter(entry -> entry.getValue().shape().size() == DENSE.size())
            .map(entry -> Name.of(entry.getKey()).layer)
            .collect(Collectors.toSet());
  }

  /** A weight's place: {@code stem_conv/stem_conv/kernel:0} is {@code kernel} of stem_conv. */
  private record Name(String layer, String weight) {
    static Name of(String path) {
      String[] parts = path.replaceFirst(":0$", "").split("[/.]", -1);
      int last = parts.length - 1;
      return new Name(parts[Math.max(last - 1, 0)], parts[last]);
    }

    boolean prepares() {
      return PREPROCESSING.stream().anyMatch(layer::startsWith);
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
    SortedMap<String, Tensor> network = new TreeMap<>(file.tensors());
    network.keySet().removeIf(path -> whole && !inModel(path));
    Set<String> others = new TreeSet<>(file.others());
    others.removeIf(path -> (whole && !inModel(path)) || Name.of(path).prepares());
    return new WeightFile(file.source(), new KerasLayout(network).renamed(), others);
  }

  private static boolean inModel(String path) {
    return path.replace('/', '.').replaceFirst("^\\.", "").startsWith(WHOLE_MODEL + ".");
  }

  private Map<String, Tensor> renamed() {
    Map<String, Tensor> tensors = new HashMap<>();
    keras.forEach(
        (path, tensor) -> {
          Name name = Name.of(path);
          String weight = WEIGHTS.get(name.weight);
          if (weight != null) {
            tensors.put(layer(name.layer) + "." + weight, permuted(name.weight, tensor));
          } else if (!name.prepares()) {
            tensors.put(path, tensor);
          }
        });
    return tensors;
  }

  /** The only dense layer is the classifier, whatever its name. */
  private String layer(String name) {
    return dense.equals(Set.of(name)) ? CLASSIFIER : name;
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

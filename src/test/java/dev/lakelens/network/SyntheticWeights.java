package dev.lakelens.network;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Weights that are a pure function of a tensor's canonical name and an element's index, so that the
 * reference outputs of other implementations need no weight file.
 *
 * <pre>
 * hash = FNV-1a 64 of the UTF-8 name
 * u(i) = (splitmix64(hash + (i + 1) * 0x9E3779B97F4A7C15) >>> 11) * 2^-52 - 1      in [-1, 1)
 * </pre>
 */
public final class SyntheticWeights {
  private SyntheticWeights() {}

  /** All tensors of a network. */
  public static Tensors of(Architecture architecture, int classes) {
    Map<String, Tensor> tensors = new HashMap<>();
    Parameters.shapes(architecture, classes)
        .forEach((name, shape) -> tensors.put(name, tensor(name, shape)));
    return new Tensors(tensors);
  }

  /** All tensors of a network, of zeros in one buffer that they share. */
  public static Tensors zeros(Architecture architecture, int classes) {
    SortedMap<String, List<Integer>> shapes = Parameters.shapes(architecture, classes);
    long largest = shapes.values().stream().mapToLong(Tensor::elements).max().orElseThrow();
    ByteBuffer zeros = ByteBuffer.allocate(Math.toIntExact(Float.BYTES * largest));
    Map<String, Tensor> tensors = new HashMap<>();
    shapes.forEach(
        (name, shape) -> {
          int bytes = Math.toIntExact(Float.BYTES * Tensor.elements(shape));
          tensors.put(name, new Tensor(shape, zeros.slice(0, bytes)));
        });
    return new Tensors(tensors);
  }

  /** The network's input // [1, 3, size, size] */
  static float[] input(int size) {
    float[] input = new float[3 * size * size];
    long hash = hash("input");
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) uniform(hash, i);
    }
    return input;
  }

  static Tensor tensor(String name, List<Integer> shape) {
    Tensor tensor = Tensor.zeros(shape);
    FloatBuffer floats = tensor.floats();
    long hash = hash(name);
    double offset = offset(name, shape);
    double scale = scale(name, shape);
    for (int i = 0; floats.hasRemaining(); i++) {
      floats.put((float) (offset + scale * uniform(hash, i)));
    }
    return tensor;
  }

  private static double offset(String name, List<Integer> shape) {
    boolean gamma = shape.size() == 1 && name.endsWith(".weight");
    return gamma || name.endsWith("running_var") ? 1 : 0;
  }

  private static double scale(String name, List<Integer> shape) {
    if (name.endsWith("running_mean") || name.endsWith("bias")) {
      return 0.1;
    }
    if (name.endsWith("running_var")) {
      return 0.5;
    }
    return switch (shape.size()) {
      case 1 -> 0.25;
      case 2 -> Math.sqrt(12.0 / shape.get(1));
      case 4 -> Math.sqrt(4.5 / (shape.get(1) * shape.get(2) * shape.get(3)));
      default -> throw new IllegalArgumentException(name + " has the shape " + shape);
    };
  }

  private static double uniform(long hash, int i) {
    long z = hash + (i + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z = z ^ (z >>> 31);
    return (z >>> 11) * 0x1p-52 - 1;
  }

  private static long hash(String name) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return hash;
  }
}

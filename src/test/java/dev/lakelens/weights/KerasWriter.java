package dev.lakelens.weights;

import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes B0's canonical tensors as Keras does, with the names that real files of Keras have. */
public final class KerasWriter implements AutoCloseable {
  private final WritableHdfFile file;
  private final Map<String, WritableGroup> groups = new HashMap<>();

  /** A tensor's names: Keras' own, Keras 3's path, and the canonical one. */
  record Name(String keras, String path, String canonical) {
    String layer() {
      return keras.substring(0, keras.indexOf('/'));
    }
  }

  KerasWriter(Path file) {
    this.file = HdfFile.write(file);
  }

  static List<Name> b0() throws IOException {
    try (InputStream in = KerasWriter.class.getResourceAsStream("/weights/keras/b0.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" "))
          .map(words -> new Name(words[0], words[1], words[2]))
          .toList();
    }
  }

  /** Arrays in Keras's order of dimensions, by Keras's names. */
  static Map<String, Object> arrays(Tensors tensors) throws IOException {
    Map<String, Object> arrays = new HashMap<>();
    for (Name name : b0()) {
      arrays.put(name.keras(), kerasLayout(name, tensors));
    }
    return arrays;
  }

  /** As {@code save_weights("x.h5")} does. */
  public static void writeLegacy(Path file, Tensors tensors) throws IOException {
    try (KerasWriter writer = new KerasWriter(file)) {
      for (Name name : b0()) {
        writer.put(name.layer() + "/" + name.keras(), kerasLayout(name, tensors));
      }
    }
  }

  /** As {@code save_weights("x.weights.h5")} does. */
  public static void writeKeras3(Path file, boolean layerNames, Tensors tensors)
      throws IOException {
    try (KerasWriter writer = new KerasWriter(file)) {
      for (Name name : b0()) {
        writer.put(name.path(), kerasLayout(name, tensors));
        if (layerNames) {
          writer.group(parent(name.path())).putAttribute("name", name.layer());
        }
      }
    }
  }

  /** As {@code save("x.keras")} does. */
  public static void writeArchive(Path file, Path weights) throws IOException {
    byte[] archive =
        new Zips()
            .add("config.json", new byte[0])
            .add("model.weights.h5", Files.readAllBytes(weights))
            .bytes();
    Files.write(file, archive);
  }

  void put(String path, Object array) {
    group(parent(path)).putDataset(path.substring(path.lastIndexOf('/') + 1), array);
  }

  WritableGroup group(String path) {
    WritableGroup known = path.isEmpty() ? file : groups.get(path);
    if (known != null) {
      return known;
    }
    WritableGroup group = group(parent(path)).putGroup(path.substring(path.lastIndexOf('/') + 1));
    groups.put(path, group);
    return group;
  }

  @Override
  public void close() {
    file.close();
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
  }

  private static Object kerasLayout(Name name, Tensors tensors) {
    Tensor tensor = tensors.byName().get(name.canonical());
    FloatBuffer floats = tensor.floats();
    List<Integer> shape = tensor.shape();
    return switch (shape.size()) {
      case 1 -> vector(floats);
      case 2 -> dense(floats, shape.get(0), shape.get(1));
      default -> convolution(floats, shape, name.layer().endsWith("_dwconv"));
    };
  }

  private static float[] vector(FloatBuffer floats) {
    float[] vector = new float[floats.remaining()];
    floats.get(vector);
    return vector;
  }

  private static float[][] dense(FloatBuffer floats, int out, int in) {
    float[][] dense = new float[in][out];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        dense[i][o] = floats.get();
      }
    }
    return dense;
  }

  private static float[][][][] convolution(
      FloatBuffer floats, List<Integer> shape, boolean depthwise) {
    int out = shape.get(0);
    int in = shape.get(1);
    int height = shape.get(2);
    int width = shape.get(3);
    float[][][][] array = new float[height][width][depthwise ? out : in][depthwise ? in : out];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            array[y][x][depthwise ? o : i][depthwise ? i : o] = floats.get();
          }
        }
      }
    }
    return array;
  }
}

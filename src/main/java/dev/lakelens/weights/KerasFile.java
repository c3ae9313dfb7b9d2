package dev.lakelens.weights;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads weight files of Keras: {@code .h5} with weights or with a whole model, {@code .weights.h5}
 * and {@code .keras}. Optimizers and the states of random generators are passed over.
 *
 * <p>A tensor's name is {@code layer/weight}, such as {@code stem_conv/kernel}, without repeated
 * groups, names of enclosing models and a {@code :0} behind. Layers that have no names are called
 * by their class and number, as {@link Keras3Names} says. Layers without weights leave no tensors,
 * but those that scale pixels matter to preprocessing: their names, such as {@code rescaling_1},
 * are among the {@link WeightFile#others}.
 */
final class KerasFile {
  /** Entry of an archive. */
  static final String ARCHIVED_WEIGHTS = "model.weights.h5";

  private static final String WHOLE_MODEL = "model_weights/";

  private final Hdf5.Contents contents;
  private final String source;

  private KerasFile(Hdf5.Contents contents, String source) {
    this.contents = contents;
    this.source = source;
  }

  /**
   * @param file all its bytes
   * @param name of the file, for messages
   * @throws ModelException where the file is damaged, or names two tensors alike
   */
  static WeightFile read(ByteBuffer file, String name) {
    ByteBuffer hdf5 = MagicNumber.ZIP.begins(file) ? archived(file, name) : file;
    return new KerasFile(Hdf5.read(hdf5, name), name).weights();
  }

  private static ByteBuffer archived(ByteBuffer file, String name) {
    return new ZipDirectory(file, new WeightSource(name, "a Keras archive"))
        .entry(ARCHIVED_WEIGHTS);
  }

  private WeightFile weights() {
    Map<String, String> names = names();
    Map<String, Tensor> tensors = new TreeMap<>();
    Set<String> others = new TreeSet<>();
    names.forEach(
        (path, name) -> {
          Tensor tensor = contents.floats().get(path);
          if (tensor == null) {
            others.add(name);
          } else if (tensors.put(name, tensor) != null) {
            throw new ModelException("%s has two tensors %s".formatted(source, name));
          }
        });
    contents.groups().keySet().stream()
        .map(path -> tail(path, 1))
        .filter(layer -> layer.startsWith("rescaling"))
        .forEach(others::add);
    return new WeightFile(source, tensors, others);
  }

  /** Names of all that belongs to the network, by path. */
  private Map<String, String> names() {
    if (paths().anyMatch(Keras3Names::isWeight)) {
      return Keras3Names.byPath(contents);
    }
    boolean whole = paths().anyMatch(path -> path.startsWith(WHOLE_MODEL));
    Map<String, String> names = new TreeMap<>();
    paths()
        .filter(path -> !whole || path.startsWith(WHOLE_MODEL))
        .forEach(path -> names.put(path, tail(path, 2)));
    return names;
  }

  private Stream<String> paths() {
    return contents.paths().stream();
  }

  /** The last parts of a path, without TensorFlow's number of the output. */
  private static String tail(String path, int parts) {
    int start = path.length();
    for (int part = 0; part < parts && start >= 0; part++) {
      start = path.lastIndexOf('/', start - 1);
    }
    String tail = path.substring(start + 1);
    return tail.endsWith(":0") ? tail.substring(0, tail.length() - 2) : tail;
  }
}

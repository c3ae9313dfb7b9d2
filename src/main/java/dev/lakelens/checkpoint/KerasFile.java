package dev.lakelens.checkpoint;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads weight files of Keras: {@code .h5} with weights or with a whole model, {@code .weights.h5}
 * and {@code .keras}.
 *
 * <p>A tensor's name is {@code layer/weight}, such as {@code stem_conv/kernel}, without repeated
 * groups, names of enclosing models and a {@code :0} behind. Layers without weights leave no
 * tensors, but those that scale pixels matter to preprocessing: their names, such as {@code
 * rescaling_1}, are among the {@link WeightFile#others}.
 */
final class KerasFile {
  private static final String WHOLE_MODEL = "model_weights/";
  private static final String ARCHIVED_WEIGHTS = "model.weights.h5";
  private static final int ZIP_MAGIC = 0x504B0304; // big-endian

  /** Keras stores weights in archives as they are; trained floats hardly compress. */
  private static final int MAX_EXPANSION = 16;

  private final Hdf5.Contents contents;
  private final String source;

  private KerasFile(Hdf5.Contents contents, String source) {
    this.contents = contents;
    this.source = source;
  }

  /**
   * @throws ModelException where the file cannot be read, is damaged, or names two tensors alike
   */
  static WeightFile read(Path file) {
    String source = file.getFileName().toString();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = map(channel, source);
      boolean archive = bytes.remaining() >= Integer.BYTES && bytes.getInt(0) == ZIP_MAGIC;
      Hdf5.Contents contents = Hdf5.read(archive ? archived(file, source) : bytes, source);
      return new KerasFile(contents, source).weights();
    } catch (IOException e) {
      throw new ModelException("%s cannot be read: %s".formatted(source, e.getMessage()), e);
    }
  }

  private static ByteBuffer map(FileChannel channel, String source) throws IOException {
    if (channel.size() > Integer.MAX_VALUE) {
      throw new ModelException(
          "%s has %,d bytes, and files up to 2 GiB are read; save the weights without the optimizer"
              .formatted(source, channel.size()));
    }
    return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
  }

  private static ByteBuffer archived(Path file, String source) throws IOException {
    try (ZipFile archive = new ZipFile(file.toFile())) {
      ZipEntry entry = archive.getEntry(ARCHIVED_WEIGHTS);
      if (entry == null) {
        throw new ModelException(
            "%s is an archive without %s, so none of Keras".formatted(source, ARCHIVED_WEIGHTS));
      }
      long limit = Math.min(Integer.MAX_VALUE - 8L, MAX_EXPANSION * file.toFile().length());
      if (entry.getSize() < 0 || entry.getSize() > limit) {
        throw new ModelException(
            "The %s in %s would have %,d bytes, more than the file can hold"
                .formatted(ARCHIVED_WEIGHTS, source, entry.getSize()));
      }
      try (InputStream in = archive.getInputStream(entry)) {
        return ByteBuffer.wrap(in.readNBytes((int) entry.getSize()));
      }
    }
  }

  private WeightFile weights() {
    boolean keras3 = contents.floats().keySet().stream().anyMatch(Keras3Names::isWeight);
    Map<String, Tensor> named =
        keras3 ? Keras3Names.named(contents, source) : legacy(contents.floats());
    Set<String> others = new TreeSet<>();
    contents.others().forEach(path -> others.add(tail(path, 2)));
    contents.groups().keySet().stream()
        .map(path -> tail(path, 1))
        .filter(layer -> layer.startsWith("rescaling"))
        .forEach(others::add);
    return new WeightFile(source, named, others);
  }

  private Map<String, Tensor> legacy(Map<String, Tensor> floats) {
    boolean whole = floats.keySet().stream().anyMatch(path -> path.startsWith(WHOLE_MODEL));
    Map<String, Tensor> named = new TreeMap<>();
    floats.forEach(
        (path, tensor) -> {
          if (!whole || path.startsWith(WHOLE_MODEL)) {
            String name = tail(path, 2);
            if (named.put(name, tensor) != null) {
              throw new ModelException("%s has two tensors %s".formatted(source, name));
            }
          }
        });
    return named;
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

package dev.lakelens.weights;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.message.DataLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads HDF5 files: every dataset by its path, without a leading slash. Links are not followed, so
 * no other file is opened.
 *
 * <p>What a file can ask for is bounded by its length: its floats may take {@value #MAX_EXPANSION}
 * times as many bytes and may lie in one piece only, so that none is compressed, and it may have
 * {@value #MAX_NODES} groups and datasets, {@value #MAX_DEPTH} deep.
 */
final class Hdf5 {
  /** Half precisions double. */
  private static final int MAX_EXPANSION = 4;

  /** The largest network of the family, L2, has 4,000 with an optimizer's. */
  private static final int MAX_NODES = 20_000;

  private static final int MAX_DEPTH = 16;

  private final WeightSource source;
  private final SortedMap<String, Tensor> floats = new TreeMap<>();
  private final SortedSet<String> others = new TreeSet<>();
  private final SortedMap<String, String> groups = new TreeMap<>();
  private long budget;
  private int nodes;

  /**
   * @param floats datasets of 16, 32 and 64-bit floats, as 32-bit floats
   * @param others datasets of other types
   * @param groups all groups, and their attribute {@code name}, empty where they have none
   */
  record Contents(
      SortedMap<String, Tensor> floats,
      SortedSet<String> others,
      SortedMap<String, String> groups) {

    /** Paths of all datasets. */
    SortedSet<String> paths() {
      SortedSet<String> paths = new TreeSet<>(floats.keySet());
      paths.addAll(others);
      return paths;
    }
  }

  private Hdf5(WeightSource source, long length) {
    this.source = source;
    this.budget = MAX_EXPANSION * length;
  }

  /**
   * @param file all its bytes, from position to limit
   * @param name of the file, for messages
   * @throws ModelException where the file is damaged, or asks for more than it may
   */
  static Contents read(ByteBuffer file, String name) {
    WeightSource source = new WeightSource(name, "an HDF5 file");
    Hdf5 hdf5 = new Hdf5(source, file.remaining());
    try (HdfFile opened = HdfFile.fromByteBuffer(file.slice())) {
      hdf5.addChildren("", opened, 0);
    } catch (ModelException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) { // the library throws what damage leads to
      throw source.damaged(e, "it is damaged, or its download broke off");
    }
    return new Contents(hdf5.floats, hdf5.others, hdf5.groups);
  }

  private void addChildren(String path, Group group, int depth) {
    source.require(depth <= MAX_DEPTH, "its groups are more than %d deep", MAX_DEPTH);
    for (Node child : group.getChildren().values()) {
      nodes++;
      source.require(nodes <= MAX_NODES, "it has more than %d groups and datasets", MAX_NODES);
      String childPath = path.isEmpty() ? child.getName() : path + "/" + child.getName();
      if (child instanceof Group inner) {
        groups.put(childPath, name(inner));
        addChildren(childPath, inner, depth + 1);
      } else if (child instanceof Dataset dataset) {
        add(childPath, dataset);
      } // a link is neither
    }
  }

  private String name(Group group) {
    Attribute name = group.getAttribute("name");
    return name != null && name.getData() instanceof String text ? text : "";
  }

  private void add(String path, Dataset dataset) {
    DataType type = dataset.getDataType();
    if (!(type instanceof FloatingPoint) || type.getSize() > Double.BYTES) {
      others.add(path);
      return;
    }
    source.require(
        dataset.getDataLayout() != DataLayout.CHUNKED,
        "%s lies in chunks, as Keras's weights do not; h5repack -l CONTI -f NONE writes it plain",
        path);
    List<Integer> shape = Arrays.stream(dataset.getDimensions()).boxed().toList();
    long elements = Tensor.elements(shape);
    source.require(
        elements <= budget / Float.BYTES,
        "%s has the shape %s, more than the file can hold",
        path,
        shape);
    budget -= elements * Float.BYTES;
    Object flat = elements == 0 ? new float[0] : dataset.getDataFlat();
    floats.put(path, new Tensor(shape, littleEndian(flat, (int) elements)));
  }

  private static ByteBuffer littleEndian(Object flat, int elements) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * elements).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer floats = bytes.asFloatBuffer();
    if (flat instanceof float[] values) {
      floats.put(values);
    } else if (flat instanceof double[] values) {
      Arrays.stream(values).forEach(value -> floats.put((float) value));
    } else {
      throw new IllegalStateException("Floats are read as " + flat.getClass());
    }
    return bytes;
  }
}

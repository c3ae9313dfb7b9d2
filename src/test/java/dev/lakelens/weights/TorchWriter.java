package dev.lakelens.weights;

import dev.lakelens.network.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a PyTorch file; what is no float becomes a 64-bit 0. */
public final class TorchWriter {
  private static final byte[] ZERO = new byte[Long.BYTES];

  private TorchWriter() {}

  /** As {@code torch.save} does since PyTorch 1.6. */
  public static void write(Path file, WeightFile weights) throws IOException {
    Zips zip = new Zips();
    List<String> items = new ArrayList<>();
    for (Map.Entry<String, Tensor> entry : weights.tensors().entrySet()) {
      String key = String.valueOf(items.size());
      Tensor tensor = entry.getValue();
      items.add(Pickles.text(entry.getKey()));
      items.add(pickled(key, tensor.shape()));
      zip.add("w/data/" + key, bytes(tensor));
    }
    for (String name : weights.others()) {
      String key = String.valueOf(items.size());
      items.add(Pickles.text(name));
      String storage = Pickles.storage("LongStorage", key, 1);
      items.add(Pickles.tensor(storage, 0, Pickles.tuple(), Pickles.tuple()));
      zip.add("w/data/" + key, ZERO);
    }
    byte[] pickle = Pickles.pickle(Pickles.dictionary(items.toArray(String[]::new)));
    Files.write(file, zip.add("w/data.pkl", pickle).bytes());
  }

  private static String pickled(String key, List<Integer> shape) {
    long[] strides = new long[shape.size()];
    long stride = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.get(axis);
    }
    long[] sizes = shape.stream().mapToLong(Integer::longValue).toArray();
    return Pickles.tensor(
        Pickles.storage("FloatStorage", key, stride),
        0,
        Pickles.integers(sizes),
        Pickles.integers(strides));
  }

  private static byte[] bytes(Tensor tensor) {
    byte[] bytes = new byte[tensor.data().remaining()];
    tensor.data().get(bytes);
    return bytes;
  }
}

package dev.lakelens.weights;

import dev.lakelens.network.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes weights as safetensors and PyTorch do; what is no float becomes a 64-bit 0. */
public final class WeightFileWriter {
  private static final Tensor ZERO = new Tensor(List.of(2), ByteBuffer.allocate(Long.BYTES));

  private WeightFileWriter() {}

  /** As safetensors' {@code save_file} does. */
  public static void writeSafetensors(Path file, WeightFile weights) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    List<String> entries = new ArrayList<>();
    weights
        .tensors()
        .forEach((name, tensor) -> entries.add(entry(name, "F32", tensor.shape(), tensor, data)));
    weights.others().forEach(name -> entries.add(entry(name, "I64", List.of(), ZERO, data)));
    byte[] header =
        entries.stream()
            .collect(Collectors.joining(",", "{", "}"))
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(length.putLong(header.length).array());
    bytes.writeBytes(header);
    data.writeTo(bytes);
    Files.write(file, bytes.toByteArray());
  }

  /** As {@code torch.save} does since PyTorch 1.6. */
  public static void writeTorch(Path file, WeightFile weights) throws IOException {
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
      zip.add("w/data/" + key, bytes(ZERO));
    }
    byte[] pickle = Pickles.pickle(Pickles.dictionary(items.toArray(String[]::new)));
    Files.write(file, zip.add("w/data.pkl", pickle).bytes());
  }

  private static String entry(
      String name, String type, List<Integer> shape, Tensor tensor, ByteArrayOutputStream data) {
    int begin = data.size();
    data.writeBytes(bytes(tensor));
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, type, shape, begin, data.size());
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

package dev.lakelens.weights;

import dev.lakelens.model.ModelException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a weight file is, by its bytes and not by its name. */
enum WeightFormat {
  SAFETENSORS("safetensors"),
  TORCH_ZIP("PyTorch since 1.6"),
  TORCH_LEGACY("PyTorch before 1.6"),
  HDF5("Keras HDF5"),
  KERAS_ZIP("Keras since 3");

  private final String text;

  WeightFormat(String text) {
    this.text = text;
  }

  /**
   * @param file all its bytes, little-endian
   * @param name of the file, for messages
   * @throws ModelException where it is none of these; its sentence says what it is instead
   */
  static WeightFormat of(ByteBuffer file, String name) {
    if (MagicNumber.ZIP.begins(file)) {
      return ofZip(new ZipDirectory(file, new WeightSource(name, "a zip file")).names(), name);
    }
    if (MagicNumber.HDF5.begins(file)) {
      return HDF5;
    }
    if (MagicNumber.isLegacyTorch(file)) {
      return TORCH_LEGACY;
    }
    if (Safetensors.isLikely(file)) {
      return SAFETENSORS;
    }
    throw unread(name, found(file));
  }

  private static WeightFormat ofZip(Set<String> entries, String name) {
    if (entries.stream().anyMatch(TorchZip::isPickle)) {
      return TORCH_ZIP;
    }
    if (entries.contains(KerasFile.ARCHIVED_WEIGHTS)) {
      return KERAS_ZIP;
    }
    throw unread(
        name,
        "is a zip file without FOLDER/data.pkl (PyTorch) or %s (Keras)"
            .formatted(KerasFile.ARCHIVED_WEIGHTS));
  }

  private static ModelException unread(String name, String found) {
    String read = Stream.of(values()).map(format -> format.text).collect(Collectors.joining(", "));
    return new ModelException(
        "%s %s; the formats that are read are %s".formatted(name, found, read));
  }

  private static String found(ByteBuffer file) {
    for (MagicNumber magic : MagicNumber.values()) {
      if (magic.begins(file)) {
        return "is " + magic.text();
      }
    }
    if (MagicNumber.isPickle(file)) {
      return "is a bare Python pickle; save the state_dict with torch.save";
    }
    return "begins with the bytes "
        + IntStream.range(0, Math.min(Long.BYTES, file.limit()))
            .mapToObj(i -> "%02x".formatted(file.get(i)))
            .collect(Collectors.joining(" "));
  }
}

package dev.lakelens.weights;

import dev.lakelens.model.ModelException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a weight file is, by its bytes and not by its name. */
public enum WeightFormat {
  SAFETENSORS("safetensors", "safetensors"),
  TORCH_ZIP("PyTorch since 1.6", "pth|bin|pt"),
  TORCH_LEGACY("PyTorch before 1.6", "pth|bin|pt"),
  HDF5("Keras HDF5", "h5"),
  KERAS_ZIP("Keras since 3", "keras");

  /** What a user may give instead; other rooms tell ONNX files and cards by their names. */
  private static final String READ =
      "safetensors, PyTorch's .pth and .bin, Keras's .h5, .weights.h5 and .keras, and, by these"
          + " endings of their names, .onnx and a card's .json";

  private final String text;
  private final String endings; // alternatives of a pattern

  WeightFormat(String text, String endings) {
    this.text = text;
    this.endings = endings;
  }

  /**
   * The format of a file.
   *
   * @throws ModelException where it is missing, or of none of these; its sentence says what it is
   */
  public static WeightFormat of(Path file) {
    return of(MappedFile.read(file), file.toString());
  }

  /** Name for people. */
  public String text() {
    return text;
  }

  /** Whether files of this format are published under such a name. */
  public boolean isNameOf(String file) {
    return file.matches(".*\\.(" + endings + ")");
  }

  /**
   * @param file all its bytes
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
    return new ModelException(
        "%s %s; the formats that are read are %s".formatted(name, found, READ));
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

package dev.lakelens.weights;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Reads weight files of every format. */
public final class WeightFiles {
  private WeightFiles() {}

  /**
   * Reads a file, whose format its bytes tell.
   *
   * @return its tensors as 32-bit floats; they are views of the file where that can be, so the file
   *     may not change while they live
   * @throws dev.lakelens.model.ModelException where the file is missing, empty, of no known format,
   *     or damaged
   */
  public static WeightFile read(Path path) {
    return read(MappedFile.read(path), path.toString());
  }

  /**
   * As {@link #read(Path)}, of a file in memory.
   *
   * @param file all its bytes, from position to limit
   * @param name of the file, for messages
   * @throws dev.lakelens.model.ModelException where it is of no known format, or damaged
   */
  public static WeightFile read(ByteBuffer file, String name) {
    ByteBuffer bytes = file.slice();
    return switch (WeightFormat.of(bytes, name)) {
      case SAFETENSORS -> Safetensors.read(bytes, name);
      case TORCH_ZIP, TORCH_LEGACY -> TorchFile.read(bytes, name);
      case HDF5, KERAS_ZIP -> KerasFile.read(bytes, name);
    };
  }
}

package dev.lakelens.checkpoint;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Reads weight files of every format. */
final class WeightFiles {
  private WeightFiles() {}

  /**
   * Reads a file, whose format its bytes tell.
   *
   * @return its tensors as 32-bit floats; they are views of the file where that can be, so the file
   *     may not change while they live
   * @throws ModelException where the file is missing, empty, of no known format, or damaged
   */
  static WeightFile read(Path path) {
    ByteBuffer file = MappedFile.read(path);
    String name = path.toString();
    WeightFormat format = WeightFormat.of(file, name);
    return switch (format) {
      case SAFETENSORS -> Safetensors.weights(file, name);
      case TORCH_ZIP, TORCH_LEGACY -> TorchFile.read(file, name);
      case HDF5, KERAS_ZIP -> KerasFile.read(path);
    };
  }
}

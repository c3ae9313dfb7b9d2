package dev.lakelens.weights;

import dev.lakelens.model.ModelException;
import java.nio.ByteBuffer;

/**
 * Reads what {@code torch.save} writes, without Python: zip files (PyTorch 1.6 and later) and the
 * format before them. Tensors are views of the file where they are contiguous 32-bit floats; 16-bit
 * floats are widened, and 64-bit floats rounded to 32 bits.
 *
 * <p>Values that are not tensors are passed over. Nothing in a file is executed: a file that calls
 * for more than tensors and plain values is refused.
 */
final class TorchFile {
  /** Half precisions double; the rest is for small tensors that were saved expanded. */
  private static final int COPIES_PER_BYTE = 4;

  private static final int SMALL_COPIES = 1 << 20; // bytes

  private TorchFile() {}

  /**
   * @param file all its bytes
   * @param name of the file, for messages
   * @throws ModelException where the file is damaged, lies about itself, or holds objects of
   *     classes other than tensors and plain values
   */
  static WeightFile read(ByteBuffer file, String name) {
    WeightSource source = new WeightSource(name, "a PyTorch file");
    if (MagicNumber.ZIP.begins(file)) {
      return new TorchZip(file, source).read();
    }
    if (MagicNumber.isLegacyTorch(file)) {
      return new TorchLegacy(file, source).read();
    }
    throw source.damaged("it has no magic number of torch.save");
  }

  /** Bytes that the tensors of a file may have besides its own. */
  static long copyBudget(ByteBuffer file) {
    return (long) COPIES_PER_BYTE * file.limit() + SMALL_COPIES;
  }
}

package dev.lakelens.weights;

import dev.lakelens.weights.PickleValue.Dictionary;
import dev.lakelens.weights.PickleValue.Sequence;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * The format of {@code torch.save} before PyTorch 1.6: five pickles (a magic number, the version, a
 * description of the machine, the object, the keys of its storages), and then each storage as its
 * number of elements in 64 bits and the elements.
 */
final class TorchLegacy {
  private static final long VERSION = 1001;

  private final ByteBuffer file;
  private final WeightSource source;
  private final TorchObjects objects;

  TorchLegacy(ByteBuffer file, WeightSource source) {
    this.file = file.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.source = source;
    this.objects = new TorchObjects(source);
  }

  WeightFile read() {
    pickle(); // the magic number
    source.require(pickle().equals(VERSION), "its version is not %d", VERSION);
    requireLittleEndian(pickle());
    Object root = pickle();
    Map<String, ByteBuffer> storages = storages(pickle());
    return new TorchTensors(
            source, storage -> storages.get(storage.key()), TorchFile.copyBudget(file))
        .collect(root);
  }

  private Object pickle() {
    Object value = new PickleReader(file, objects, source).read();
    objects.requireAllKnown();
    return value;
  }

  private void requireLittleEndian(Object machine) {
    source.require(
        machine instanceof Dictionary facts && facts.value("little_endian").equals(true),
        "it does not come from a little-endian machine; save it on one");
  }

  private Map<String, ByteBuffer> storages(Object keys) {
    Map<String, ByteBuffer> storages = new HashMap<>();
    if (keys instanceof Sequence sequence) {
      for (Object key : sequence.items()) {
        TorchStorage storage = objects.storages().get(key);
        source.require(storage != null, "it has a storage that no tensor is in");
        source.require(
            storages.put(storage.key(), bytes(storage)) == null,
            "it has two storages %s",
            storage.key());
      }
    }
    source.require(
        storages.keySet().equals(objects.storages().keySet()), "it has tensors without a storage");
    source.require(!file.hasRemaining(), "%d bytes follow its last storage", file.remaining());
    return storages;
  }

  private ByteBuffer bytes(TorchStorage storage) {
    source.require(
        file.remaining() >= Long.BYTES && file.getLong() == storage.count(),
        "its storage %s is missing or has another length than %d",
        storage.key(),
        storage.count());
    source.require(storage.bytes() <= file.remaining(), "it ends inside storage %s", storage.key());
    ByteBuffer bytes = file.slice(file.position(), (int) storage.bytes());
    file.position(file.position() + bytes.limit());
    return bytes;
  }
}

package dev.lakelens.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The zip format of {@code torch.save}: under one folder, {@code data.pkl} is the pickle, {@code
 * data/KEY} the storage KEY, and {@code byteorder} its order of bytes.
 */
final class TorchZip {
  private static final String PICKLE = "/data.pkl";

  private final ByteBuffer file;
  private final WeightSource source;
  private final ZipDirectory directory;
  private final String folder;
  private final Map<String, ByteBuffer> storages = new HashMap<>(); // whose checksums hold

  TorchZip(ByteBuffer file, WeightSource source) {
    this.file = file;
    this.source = source;
    this.directory = new ZipDirectory(file, source);
    this.folder = folder();
  }

  /** Whether a zip file with such entries is one of these. */
  static boolean isPickle(String entry) {
    return entry.endsWith(PICKLE) && entry.indexOf('/') == entry.length() - PICKLE.length();
  }

  WeightFile read() {
    if (directory.names().contains(folder + "/constants.pkl")) {
      throw source.refused(
          "is a TorchScript program; save its state_dict with "
              + "torch.save(torch.jit.load(file).state_dict(), \"weights.pth\")");
    }
    requireLittleEndian();
    TorchObjects objects = new TorchObjects(source);
    Object root = new PickleReader(directory.entry(folder + PICKLE), objects, source).read();
    objects.requireAllKnown();
    return new TorchTensors(source, this::storage, TorchFile.copyBudget(file)).collect(root);
  }

  private String folder() {
    List<String> pickles = directory.names().stream().filter(TorchZip::isPickle).toList();
    source.require(pickles.size() == 1, "it has %d entries FOLDER/data.pkl", pickles.size());
    return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
  }

  /** Files from before PyTorch 2.1 do not tell, and are little-endian. */
  private void requireLittleEndian() {
    String entry = folder + "/byteorder";
    if (directory.names().contains(entry)) {
      String order = StandardCharsets.US_ASCII.decode(directory.entry(entry)).toString();
      if (!order.equals("little")) {
        throw source.refused(
            "has the byte order %s, and only little is read; save it on another machine", order);
      }
    }
  }

  private ByteBuffer storage(TorchStorage storage) {
    return storages.computeIfAbsent(storage.key(), key -> checked(storage));
  }

  private ByteBuffer checked(TorchStorage storage) {
    ByteBuffer bytes = directory.entry(folder + "/data/" + storage.key());
    source.require(
        bytes.limit() == storage.bytes(),
        "its storage %s has %d bytes, and should have %d",
        storage.key(),
        bytes.limit(),
        storage.bytes());
    return bytes;
  }
}

package dev.lakelens.checkpoint;

import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import dev.lakelens.weights.WeightFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * State dicts of real networks: names in order, and shapes. timm, torchvision, efficientnet_pytorch
 * and transformers list the same tensors in the same order, so names match by position.
 */
final class StateDicts {
  private static final ByteBuffer ZEROS = ByteBuffer.allocate(1 << 26);
  private static final Map<String, List<Entry>> ALL = read();

  /** A tensor's name, and its shape with commas, {@code -} for integers. */
  private record Entry(String name, String shape) {
    boolean counts() {
      return shape.equals("-");
    }

    Tensor zeros() {
      List<Integer> dimensions =
          shape.isEmpty()
              ? List.of()
              : Arrays.stream(shape.split(",", -1)).map(Integer::valueOf).toList();
      return new Tensor(
          dimensions, ZEROS.slice(0, Math.toIntExact(Float.BYTES * Tensor.elements(dimensions))));
    }
  }

  private StateDicts() {}

  /** A real network's tensors, all zero, without a copy of them. */
  static WeightFile zeros(String network) {
    Map<String, Tensor> tensors = new HashMap<>();
    Set<String> others = new HashSet<>();
    for (Entry entry : entries(network)) {
      if (entry.counts()) {
        others.add(entry.name);
      } else {
        tensors.put(entry.name, entry.zeros());
      }
    }
    return new WeightFile("weights.pth", tensors, others);
  }

  /** Names of a real network's floats, in order. */
  static List<String> names(String network) {
    return entries(network).stream()
        .filter(entry -> !entry.counts())
        .map(entry -> entry.name)
        .toList();
  }

  /** The canonical tensors by the names that they have in another network's state dict. */
  static WeightFile renamed(Tensors canonical, String timm, String network) {
    List<Entry> from = entries(timm);
    List<Entry> to = entries(network);
    Map<String, Tensor> tensors = new HashMap<>();
    Set<String> others = new HashSet<>();
    for (int i = 0; i < to.size(); i++) {
      Tensor tensor = canonical.byName().get(from.get(i).name);
      if (to.get(i).counts()) {
        others.add(to.get(i).name);
      } else if (tensor != null) {
        tensors.put(to.get(i).name, tensor);
      }
    }
    return new WeightFile("weights.pth", tensors, others);
  }

  private static List<Entry> entries(String network) {
    List<Entry> entries = ALL.get(network);
    if (entries == null) {
      throw new IllegalArgumentException("There is no state dict of " + network);
    }
    return entries;
  }

  private static Map<String, List<Entry>> read() {
    Map<String, List<Entry>> all = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (String line : lines("/checkpoint/state_dicts.txt.gz")) {
      if (line.startsWith("= ")) {
        entries = new ArrayList<>();
        all.put(line.substring(2), entries);
      } else {
        int tab = line.indexOf('\t');
        entries.add(new Entry(line.substring(0, tab), line.substring(tab + 1)));
      }
    }
    return all;
  }

  /** Lines of a compressed resource. */
  static List<String> lines(String resource) {
    try (InputStream in = StateDicts.class.getResourceAsStream(resource);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

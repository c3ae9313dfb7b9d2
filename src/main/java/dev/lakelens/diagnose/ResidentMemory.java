package dev.lakelens.diagnose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Memory of this process as the system counts it: heap, native buffers, sessions and code. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status"); // Linux
  private static final String PEAK = "VmHWM:";

  private ResidentMemory() {}

  /** The most bytes so far, or 0 where the system does not tell. */
  static long peakBytes() {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    try {
      return peakBytes(Files.readAllLines(STATUS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static long peakBytes(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith(PEAK))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", ""))) // in kB
        .findFirst()
        .orElse(0);
  }
}

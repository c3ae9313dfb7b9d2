package dev.lakelens.decode;

import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;

/** OpenCV's native library, loaded at the first question and at most once. */
final class NativeCodecs {
  private static final Optional<String> FAILURE = load();

  private NativeCodecs() {}

  /** Empty where the library is loaded, else the first cause. */
  static Optional<String> failure() {
    return FAILURE;
  }

  // LinkageError: no library for this platform, or one that needs another.
  private static Optional<String> load() {
    try {
      // JavaCPP otherwise fails allocations by the resident memory of the whole process, and frees
      // by garbage collection what is closed here.
      setDefault("org.bytedeco.javacpp.maxphysicalbytes", "0");
      setDefault("org.bytedeco.javacpp.nopointergc", "true");
      // And otherwise looks for the many libraries of its GPU build first, in every jar.
      setDefault("org.bytedeco.javacpp.platform.extension", "");
      Loader.load(opencv_imgcodecs.class);
      opencv_core.setNumThreads(1);
      return Optional.empty();
    } catch (LinkageError | RuntimeException e) {
      return Optional.of("OpenCV's native library cannot be loaded: " + firstCause(e));
    }
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static String firstCause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}

package dev.lakelens.decode;

import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;

/** Whether OpenCV loads in this JVM. It is tried once, and set to one thread. */
public final class NativeCodecs {

  private static final Optional<String> FAILURE = load();

  private NativeCodecs() {}

  /** Why OpenCV does not load, in one line; empty when it does. */
  public static Optional<String> failure() {
    return FAILURE;
  }

  private static Optional<String> load() {
    try {
      Loader.load(opencv_core.class);
      Loader.load(opencv_imgcodecs.class);
      // Tasks are the parallelism; its own threads would take their cores.
      opencv_core.setNumThreads(1);
      return Optional.empty();
    } catch (LinkageError e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return Optional.of(cause.toString());
    }
  }
}

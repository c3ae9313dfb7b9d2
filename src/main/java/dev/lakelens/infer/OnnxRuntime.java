package dev.lakelens.infer;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import dev.lakelens.image.SetupException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The process-wide environment of ONNX Runtime. It is made once for each JVM and is never closed
 * here: the library closes it when the JVM ends.
 */
final class OnnxRuntime {
  /**
   * The library's telemetry searches the command line with recursive regular expressions when it is
   * loaded, and a long class path overflows an ordinary stack (onnxruntime 1.29 on Linux).
   */
  private static final long LOADING_STACK_BYTES = 64L << 20;

  private static final FutureTask<OrtEnvironment> LOADED = load(OnnxRuntime::create);

  private OnnxRuntime() {}

  private static FutureTask<OrtEnvironment> load(Callable<OrtEnvironment> create) {
    FutureTask<OrtEnvironment> task = new FutureTask<>(create);
    Thread thread = new Thread(null, task, "lakelens-load-onnxruntime", LOADING_STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static OrtEnvironment create() throws Exception {
    // Its warnings are of graphs that it simplifies, which nobody can do anything about.
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "lakelens");
    environment.setTelemetry(false);
    return environment;
  }

  /**
   * @throws SetupException if the native library does not load on this machine; always with the
   *     first cause, where the JVM would later only say that a class was not found
   */
  static OrtEnvironment environment() {
    try {
      return LOADED.get();
    } catch (ExecutionException e) {
      throw new SetupException(
          ("ONNX Runtime does not load on this machine: %s. It needs 64-bit Linux with glibc (not"
                  + " musl) or macOS, natives of this platform in the jar, and a java.io.tmpdir, %s,"
                  + " that is writable and not mounted noexec.")
              .formatted(rootCause(e), System.getProperty("java.io.tmpdir")),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while ONNX Runtime was loading", e);
    }
  }

  private static String rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}

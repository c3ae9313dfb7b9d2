package dev.lakelens.infer;

import ai.onnxruntime.OrtEnvironment;
import dev.lakelens.image.SetupException;
import java.util.Optional;

/**
 * The process-wide environment of ONNX Runtime. It is made once for each JVM and is never closed
 * here: the library closes it when the JVM ends.
 */
final class OnnxRuntime {
  private static final OrtEnvironment ENVIRONMENT;
  private static final Optional<Throwable> FAILURE;

  static {
    OrtEnvironment environment = null;
    Throwable failure = null;
    try {
      environment = OrtEnvironment.getEnvironment();
      environment.setTelemetry(false);
    } catch (LinkageError | Exception e) {
      // Kept: later uses would only say that a class was not found.
      failure = e;
    }
    ENVIRONMENT = environment;
    FAILURE = Optional.ofNullable(failure);
  }

  private OnnxRuntime() {}

  /**
   * @throws SetupException if the native library does not load on this machine
   */
  static OrtEnvironment environment() {
    if (FAILURE.isPresent()) {
      throw new SetupException(
          ("ONNX Runtime does not load on this machine: %s. It needs a 64-bit Linux with glibc (not"
                  + " musl) or macOS, natives of this platform in the jar, and a java.io.tmpdir, %s,"
                  + " that is writable and not mounted noexec.")
              .formatted(rootCause(FAILURE.get()), System.getProperty("java.io.tmpdir")),
          FAILURE.get());
    }
    return ENVIRONMENT;
  }

  private static String rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }
}

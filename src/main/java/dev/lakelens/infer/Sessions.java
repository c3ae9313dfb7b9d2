package dev.lakelens.infer;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.lakelens.image.SetupException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The sessions of this JVM. A session is made when it is first leased, is shared by all who lease
 * it, and stays for the next task; it is closed when it has no lease and another model is asked
 * for. Closing a session that runs ends the process, so nobody else closes one.
 */
final class Sessions {
  private static final Map<SessionSpec, Shared> OPEN = new HashMap<>();

  private Sessions() {}

  /**
   * Leases the session of a spec.
   *
   * @param onnx the model, asked for only when the session is not open yet
   */
  static synchronized OrtSession lease(SessionSpec spec, Supplier<byte[]> onnx) {
    Shared shared = OPEN.get(spec);
    if (shared == null) {
      closeIdle();
      shared = Shared.open(spec, onnx.get());
      OPEN.put(spec, shared);
    }
    shared.leases++;
    return shared.session;
  }

  static synchronized void release(SessionSpec spec) {
    OPEN.get(spec).leases--;
  }

  /** Sessions that are open now. */
  static synchronized int open() {
    return OPEN.size();
  }

  private static void closeIdle() {
    Iterator<Shared> shared = OPEN.values().iterator();
    while (shared.hasNext()) {
      Shared next = shared.next();
      if (next.leases == 0) {
        next.close();
        shared.remove();
      }
    }
  }

  private static final class Shared {
    private final SessionOptions options; // outlives the session
    private final OrtSession session;
    private int leases;

    private Shared(SessionOptions options, OrtSession session) {
      this.options = options;
      this.session = session;
    }

    static Shared open(SessionSpec spec, byte[] onnx) {
      OrtEnvironment environment = OnnxRuntime.environment();
      SessionOptions options = new SessionOptions();
      try {
        configure(options, spec);
        return new Shared(options, environment.createSession(onnx, options));
      } catch (OrtException e) {
        options.close();
        throw new SetupException(
            "ONNX Runtime refuses the model %s: %s; if its file is whole, export it again"
                .formatted(spec.model(), said(e)),
            e);
      }
    }

    /** What it says behind its code: {@code Error code - ORT_FAIL - message: Type Error: ...}. */
    private static String said(OrtException e) {
      return e.getMessage()
          .replaceFirst("^Error code - \\w+ - message: ", "")
          .replaceFirst("\\.$", "");
    }

    private static void configure(SessionOptions options, SessionSpec spec) throws OrtException {
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setIntraOpNumThreads(spec.threads());
      options.setInterOpNumThreads(1);
      // A thread that spins after a run takes the core from another task's decoding.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry("session.inter_op.allow_spinning", "0");
      options.setSymbolicDimensionValue("N", spec.batch());
    }

    void close() {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("A session does not close: " + e.getMessage(), e);
      } finally {
        options.close();
      }
    }
  }
}

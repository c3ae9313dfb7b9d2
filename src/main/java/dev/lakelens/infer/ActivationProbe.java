package dev.lakelens.infer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.lakelens.prepare.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Looks inside a network: runs a graph whose outputs are any of its values, in a session of its
 * own, on all cores.
 */
public final class ActivationProbe implements AutoCloseable {
  private final SessionOptions options; // outlives the session
  private final OrtSession session;

  private ActivationProbe(SessionOptions options, OrtSession session) {
    this.options = options;
    this.session = session;
  }

  /**
   * Opens a graph whose one input is {@code input}, float {@code [N, 3, size, size]}, and whose
   * outputs are floats.
   */
  public static ActivationProbe open(byte[] onnx) {
    OrtEnvironment environment = OnnxRuntime.environment();
    SessionOptions options = new SessionOptions();
    try {
      options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
      return new ActivationProbe(options, environment.createSession(onnx, options));
    } catch (OrtException e) {
      options.close();
      throw new IllegalStateException("ONNX Runtime refuses a graph: " + e.getMessage(), e);
    }
  }

  /** What the graph makes of images: flat values by the name of the output. */
  public Map<String, float[]> run(Tensor images) {
    OrtEnvironment environment = OnnxRuntime.environment();
    try (OnnxTensor input = OnnxTensor.createTensor(environment, images.floats(), images.shape());
        OrtSession.Result result = session.run(Map.of("input", input))) {
      Map<String, float[]> values = new LinkedHashMap<>();
      for (Map.Entry<String, ?> output : result) {
        OnnxTensor tensor = (OnnxTensor) output.getValue();
        float[] floats = new float[(int) tensor.getInfo().getNumElements()];
        tensor.getFloatBuffer().get(floats);
        values.put(output.getKey(), floats);
      }
      return values;
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime fails: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("A session does not close: " + e.getMessage(), e);
    } finally {
      options.close();
    }
  }
}

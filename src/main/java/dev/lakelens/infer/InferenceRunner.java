package dev.lakelens.infer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lakelens.prepare.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs one model on batches, with input and output buffers of its own that every run uses again.
 *
 * <p>Not safe for several threads: each task opens its own, and all share the JVM's session.
 */
public final class InferenceRunner implements AutoCloseable {
  private final SessionSpec spec;
  private final OrtSession session;
  private final Tensor input;
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>(); // pinned
  private final FloatBuffer logits; // [batch, classes]
  private final FloatBuffer embeddings; // [batch, embeddingSize]

  private InferenceRunner(SessionSpec spec, OrtSession session) throws OrtException {
    this.spec = spec;
    this.session = session;
    this.input = new Tensor(spec.batch(), spec.inputSize());
    this.logits = allocate(spec.batch() * spec.classes());
    this.embeddings = allocate(spec.batch() * spec.embeddingSize());
    try {
      OrtEnvironment environment = OnnxRuntime.environment();
      inputs.put("input", OnnxTensor.createTensor(environment, input.floats(), input.shape()));
      pin(environment, "embedding", embeddings, spec.embeddingSize());
      if (spec.classes() > 0) {
        pin(environment, "logits", logits, spec.classes());
      }
    } catch (OrtException e) {
      closeTensors();
      throw e;
    }
  }

  private void pin(OrtEnvironment environment, String name, FloatBuffer buffer, long size)
      throws OrtException {
    outputs.put(
        name, OnnxTensor.createTensor(environment, buffer, new long[] {spec.batch(), size}));
  }

  /**
   * Opens a runner on the JVM's session of a spec.
   *
   * @param onnx the model, asked for only when this JVM has no such session yet
   * @throws dev.lakelens.image.SetupException if ONNX Runtime does not load or refuses the model
   */
  public static InferenceRunner open(SessionSpec spec, Supplier<byte[]> onnx) {
    OrtSession session = Sessions.lease(spec, onnx);
    try {
      return new InferenceRunner(spec, session);
    } catch (OrtException | RuntimeException e) {
      Sessions.release(spec);
      throw new IllegalStateException(
          "No tensors for the model %s: %s".formatted(spec.model(), e.getMessage()), e);
    }
  }

  /** The version of ONNX Runtime. */
  public static String runtimeVersion() {
    return OnnxRuntime.environment().getVersion();
  }

  /** The batch that the next {@link #run} reads. */
  public Tensor input() {
    return input;
  }

  /**
   * Runs the batch. Rows of {@link #input} that were not written since the last run are computed
   * and ignored.
   *
   * @throws IllegalStateException if ONNX Runtime fails, which no input does in normal use
   */
  public void run() {
    try {
      // The result holds the pinned outputs, which stay open, and nothing of its own.
      session.run(inputs, outputs).close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime fails: " + e.getMessage(), e);
    }
  }

  /**
   * What the last run made of one image.
   *
   * @param index in the batch
   */
  public Inference inference(int index) {
    return new Inference(
        copy(logits, index, spec.classes()), copy(embeddings, index, spec.embeddingSize()));
  }

  private static float[] copy(FloatBuffer buffer, int index, int size) {
    float[] values = new float[size];
    buffer.get(index * size, values);
    return values;
  }

  @Override
  public void close() {
    closeTensors();
    Sessions.release(spec);
  }

  private void closeTensors() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
  }

  private static FloatBuffer allocate(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}

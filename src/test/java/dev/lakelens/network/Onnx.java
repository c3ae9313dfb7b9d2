package dev.lakelens.network;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.TreeMap;

/** Runs graphs, and reads the references that they are compared with. */
public final class Onnx {
  private Onnx() {}

  /**
   * Runs a graph on images, on one thread.
   *
   * @param input // [batch, 3, size, size]
   * @return flat values by the name of the output
   */
  public static Map<String, float[]> run(byte[] onnx, float[] input, int size) throws OrtException {
    return run(onnx, input, 3, size);
  }

  /**
   * Runs a graph on maps of any number of channels, on one thread.
   *
   * @param input // [batch, channels, size, size]
   * @return flat values by the name of the output
   */
  static Map<String, float[]> run(byte[] onnx, float[] input, int channels, int size)
      throws OrtException {
    long[] shape = {input.length / ((long) channels * size * size), channels, size, size};
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(onnx, options);
          OnnxTensor x = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), shape);
          OrtSession.Result result = session.run(Map.of("input", x))) {
        Map<String, float[]> outputs = new TreeMap<>();
        for (Map.Entry<String, ?> output : result) {
          OnnxTensor tensor = (OnnxTensor) result.get(output.getKey()).orElseThrow();
          outputs.put(output.getKey(), floats(tensor.getFloatBuffer()));
        }
        return outputs;
      }
    }
  }

  /** Little-endian 32-bit floats of a test resource. */
  public static float[] resource(String name) throws IOException {
    try (InputStream in = Onnx.class.getResourceAsStream(name)) {
      return floats(
          ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
    }
  }

  /** The largest absolute difference of two arrays of one length. */
  public static double maxDifference(float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      throw new AssertionError(actual.length + " values, not " + expected.length);
    }
    double max = 0;
    for (int i = 0; i < actual.length; i++) {
      double difference = Math.abs((double) actual[i] - expected[i]);
      max = difference <= max ? max : difference; // NaN wins
    }
    return max;
  }

  private static float[] floats(FloatBuffer buffer) {
    float[] floats = new float[buffer.remaining()];
    buffer.get(floats);
    return floats;
  }
}

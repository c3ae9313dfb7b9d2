package dev.lakelens.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws of Swish, on the nodes that networks have. */
class SwishTest {
  private static final float STEP = 1 / 64f;

  /** From -12 to 12. */
  private static final float[] XS = new float[3 * 512];

  static {
    for (int i = 0; i < XS.length; i++) {
      XS[i] = (i - XS.length / 2) * STEP;
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.5f, 1, 2, 10})
  void isInputTimesItsSigmoid(float beta) throws OrtException {
    float[] y = swish(beta);
    for (int i = 0; i < y.length; i++) {
      assertThat((double) y[i]).isBetween(exact(beta, XS[i]) - 2e-6, exact(beta, XS[i]) + 2e-6);
    }
  }

  @Test
  void halvesWhereBetaIsZero() throws OrtException {
    float[] y = swish(0);
    for (int i = 0; i < y.length; i++) {
      assertThat(y[i]).isEqualTo(XS[i] / 2);
    }
  }

  @Test
  void isReluWhereBetaIsLarge() throws OrtException {
    float[] y = swish(1e4f);
    for (int i = 0; i < y.length; i++) {
      assertThat(Math.abs(y[i] - Math.max(XS[i], 0))).isLessThan(1e-5f);
    }
  }

  /** The slope is {@code beta * f + sigmoid(beta x) (1 - beta f)}. */
  @ParameterizedTest
  @ValueSource(floats = {0.5f, 1, 2})
  void hasTheSlopeOfItsDerivative(float beta) throws OrtException {
    float[] y = swish(beta);
    for (int i = 1; i < y.length - 1; i++) {
      double slope = ((double) y[i + 1] - y[i - 1]) / (2 * STEP);
      double f = exact(beta, XS[i]);
      double derivative = beta * f + sigmoid(beta * XS[i]) * (1 - beta * f);
      assertThat(Math.abs(slope - derivative)).isLessThan(5e-4);
    }
  }

  @Test
  void fallsToItsMinimumAndRises() throws OrtException {
    float[] y = swish(1);
    int lowest = 0;
    for (int i = 1; i < y.length; i++) {
      lowest = y[i] < y[lowest] ? i : lowest;
    }

    assertThat((double) y[lowest]).isBetween(-0.2786, -0.2784);
    assertThat((double) XS[lowest]).isBetween(-1.2785 - STEP, -1.2785 + STEP);
    assertThat(y[0]).isGreaterThan(y[lowest]).isNegative();
    assertThat(y[y.length - 1]).isGreaterThan(11.9f);
  }

  private static float[] swish(float beta) throws OrtException {
    OnnxGraph graph = new OnnxGraph("swish");
    graph.output(new Swish(beta).addTo(graph, graph.input("input", 3, 1, 1)), 3, 1, 1);
    return Onnx.run(graph.toBytes(), XS, 1).get("input.silu");
  }

  private static double exact(double beta, double x) {
    return x * sigmoid(beta * x);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}

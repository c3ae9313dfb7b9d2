package dev.lakelens.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.network.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights of 1x1 convolutions that make up for each other's rounding. */
class CompensatedWeightsTest {
  private static final int OUT = 6;
  private static final int IN = 24;
  private static final int PIXELS = 500;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void isFarNearerToTheProductsThanTheNearestWeights(int seed) {
    float[] x = correlated(seed);
    Tensor weight = weight(seed);
    Int8Weights nearest = nearest(weight);

    double off = variance(x, weight, nearest, nearest.values());
    double compensated = variance(x, weight, nearest, compensated(x, weight));
    assertThat(compensated).isLessThan(0.5 * off);
  }

  /** The remaining weights of a channel moved after each, with the inverse made anew each time. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void isWhatTheTextbookGives(int seed) {
    float[] x = correlated(seed);
    Tensor weight = weight(seed);

    assertThat(compensated(x, weight))
        .isEqualTo(Textbook.round(weight, nearest(weight).scales(), covariance(x)));
  }

  /** Each channel alone in a pixel, once up and once down. */
  @Test
  void takesTheNearestWeightsWhereChannelsDoNotGoTogether() {
    float[] x = new float[2 * IN * IN];
    for (int i = 0; i < IN; i++) {
      x[2 * i * IN + i] = i + 1;
      x[(2 * i + 1) * IN + i] = -i - 1;
    }
    Tensor weight = weight(1);
    assertThat(compensated(x, weight)).isEqualTo(nearest(weight).values());
  }

  /** What the mean of a channel is does not matter: a bias stands for it. */
  @Test
  void knowsNoMeans() {
    float[] x = correlated(1);
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.round(x[i] * 64);
    }
    float[] moved = x.clone();
    for (int i = 0; i < x.length; i++) {
      moved[i] += 1000 * (i % IN);
    }
    Tensor weight = weight(1);
    assertThat(compensated(moved, weight)).isEqualTo(compensated(x, weight));
  }

  @Test
  void takesChannelsThatAreDead() {
    float[] x = new float[PIXELS * IN];
    Tensor weight = weight(1);
    assertThat(compensated(x, weight)).isEqualTo(nearest(weight).values());
  }

  @Test
  void sumsTheSameInParts() {
    float[] x = correlated(2);
    InputMoments parts = new InputMoments(IN);
    for (int pixel = 0; pixel < PIXELS; pixel += 50) {
      parts.add(Arrays.copyOfRange(x, pixel * IN, (pixel + 50) * IN));
    }
    assertThat(parts.factor()).isDeepEqualTo(moments(x).factor());
  }

  private static byte[] compensated(float[] x, Tensor weight) {
    return nearest(weight).compensated(weight, moments(x).factor());
  }

  private static InputMoments moments(float[] x) {
    InputMoments moments = new InputMoments(IN);
    moments.add(x);
    return moments;
  }

  private static Int8Weights nearest(Tensor weight) {
    return Int8Weights.of(weight, Tensor.vector(new float[OUT]), 1);
  }

  /** Mixtures of a few sources and a little noise // [PIXELS, IN] */
  private static float[] correlated(int seed) {
    Random random = new Random(seed);
    int sources = 6;
    double[][] mixture = new double[sources][IN];
    for (double[] row : mixture) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    float[] x = new float[PIXELS * IN];
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      for (int i = 0; i < IN; i++) {
        x[pixel * IN + i] = (float) (0.1 * random.nextGaussian());
      }
      for (double[] row : mixture) {
        double source = random.nextGaussian();
        for (int i = 0; i < IN; i++) {
          x[pixel * IN + i] += (float) (source * row[i]);
        }
      }
    }
    return x;
  }

  private static Tensor weight(int seed) {
    Random random = new Random(100 + seed);
    Tensor weight = Tensor.zeros(List.of(OUT, IN, 1, 1));
    FloatBuffer floats = weight.floats();
    for (int i = 0; i < OUT * IN; i++) {
      floats.put(i, (float) random.nextGaussian());
    }
    return weight;
  }

  /** Of the differences of the products, about their means, summed over the channels. */
  private static double variance(float[] x, Tensor weight, Int8Weights nearest, byte[] values) {
    double sum = 0;
    for (int channel = 0; channel < OUT; channel++) {
      double mean = 0;
      double squares = 0;
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        double off = 0;
        for (int i = 0; i < IN; i++) {
          int w = channel * IN + i;
          double stored = values[w] * (double) nearest.scales()[channel];
          off += x[pixel * IN + i] * (weight.floats().get(w) - stored);
        }
        mean += off / PIXELS;
        squares += off * off / PIXELS;
      }
      sum += squares - mean * mean;
    }
    return sum;
  }

  /** With the damping of {@link InputMoments}. */
  private static double[][] covariance(float[] x) {
    double[] means = new double[IN];
    for (int i = 0; i < x.length; i++) {
      means[i % IN] += (double) x[i] / PIXELS;
    }
    double[][] covariance = new double[IN][IN];
    double trace = 0;
    for (int i = 0; i < IN; i++) {
      for (int j = 0; j < IN; j++) {
        for (int pixel = 0; pixel < PIXELS; pixel++) {
          covariance[i][j] +=
              (x[pixel * IN + i] - means[i]) * (x[pixel * IN + j] - means[j]) / PIXELS;
        }
      }
      trace += covariance[i][i];
    }
    for (int i = 0; i < IN; i++) {
      covariance[i][i] += InputMoments.DAMPING * trace / IN;
    }
    return covariance;
  }
}

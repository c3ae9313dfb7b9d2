package dev.lakelens.network;

import dev.lakelens.model.Padding;
import java.nio.FloatBuffer;

/** The layers as their definitions have them: plain loops, in double precision, nothing folded. */
record NaiveLayers(Tensors tensors, Activation activation, Padding padding, double epsilon) {

  /** Square maps, flat, and their side // [channels, size, size] */
  record Maps(double[] values, int channels, int size) {
    static Maps of(float[] values, int channels, int size) {
      double[] doubles = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        doubles[i] = values[i];
      }
      return new Maps(doubles, channels, size);
    }

    /** Zero outside of the map. */
    double at(int channel, int row, int column) {
      boolean inside = row >= 0 && row < size && column >= 0 && column < size;
      return inside ? values[(channel * size + row) * size + column] : 0;
    }

    float[] floats() {
      float[] floats = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        floats[i] = (float) values[i];
      }
      return floats;
    }

    double mean(int channel) {
      double sum = 0;
      for (int i = 0; i < size * size; i++) {
        sum += values[channel * size * size + i];
      }
      return sum / (size * size);
    }
  }

  Maps block(Maps input, MBConv block) {
    Maps x = block.expands() ? activate(convolve(input, block.expand())) : input;
    x = activate(convolve(x, block.depthwise()));
    x = block.squeezes() ? gate(x, block.squeezeExcitation()) : x;
    Maps y = convolve(x, block.project());
    if (block.stride() == 1 && block.in() == block.out()) {
      for (int i = 0; i < y.values().length; i++) {
        y.values()[i] += input.values()[i];
      }
    }
    return y;
  }

  Maps activate(Maps x) {
    double[] y = x.values().clone();
    activate(y);
    return new Maps(y, x.channels(), x.size());
  }

  /** A convolution, and then its batch normalisation. */
  Maps convolve(Maps x, Convolution convolution) {
    int stride = convolution.stride();
    int size = (x.size() + stride - 1) / stride;
    int first = -before(x.size(), size, convolution);
    double[] y = new double[convolution.out() * size * size];
    int i = 0;
    for (int out = 0; out < convolution.out(); out++) {
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          double sum = sum(x, convolution, out, first + row * stride, first + column * stride);
          y[i++] = normalise(sum, convolution.norm(), out);
        }
      }
    }
    return new Maps(y, convolution.out(), size);
  }

  /** Multiplies each channel by its gate. */
  Maps gate(Maps x, SqueezeExcitation squeeze) {
    double[] means = new double[x.channels()];
    for (int channel = 0; channel < means.length; channel++) {
      means[channel] = x.mean(channel);
    }
    double[] reduced = dense(means, squeeze.reduce(), squeeze.squeezed());
    activate(reduced);
    double[] expanded = dense(reduced, squeeze.expand(), x.channels());
    double[] y = x.values().clone();
    for (int i = 0; i < y.length; i++) {
      y[i] *= sigmoid(expanded[i / (x.size() * x.size())]);
    }
    return new Maps(y, x.channels(), x.size());
  }

  private void activate(double[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] =
          switch (activation) {
            case SILU -> x[i] * sigmoid(x[i]);
            case RELU6 -> Math.min(Math.max(x[i], 0), 6);
          };
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Zeros before the first pixel: TensorFlow's SAME has the odd one behind the last pixel. */
  private int before(int size, int outputSize, Convolution convolution) {
    int needed = (outputSize - 1) * convolution.stride() + convolution.kernel() - size;
    return padding == Padding.SAME ? Math.max(needed, 0) / 2 : convolution.kernel() / 2;
  }

  private double sum(Maps x, Convolution convolution, int out, int top, int left) {
    FloatBuffer weight = tensors.get(convolution.weight()).floats();
    int kernel = convolution.kernel();
    int inputs = convolution.in() / convolution.groups();
    int firstInput = out / (convolution.out() / convolution.groups()) * inputs;
    double sum = 0;
    for (int in = 0; in < inputs; in++) {
      for (int row = 0; row < kernel; row++) {
        for (int column = 0; column < kernel; column++) {
          double w = weight.get(((out * inputs + in) * kernel + row) * kernel + column);
          sum += w * x.at(firstInput + in, top + row, left + column);
        }
      }
    }
    return sum;
  }

  private double normalise(double x, String norm, int channel) {
    double mean = at(norm + ".running_mean", channel);
    double deviation = Math.sqrt(at(norm + ".running_var", channel) + epsilon);
    return at(norm + ".weight", channel) * (x - mean) / deviation + at(norm + ".bias", channel);
  }

  private double[] dense(double[] x, String name, int outputs) {
    double[] y = new double[outputs];
    for (int out = 0; out < outputs; out++) {
      y[out] = at(name + ".bias", out);
      for (int in = 0; in < x.length; in++) {
        y[out] += at(name + ".weight", out * x.length + in) * x[in];
      }
    }
    return y;
  }

  private double at(String name, int index) {
    return tensors.get(name).floats().get(index);
  }
}

package dev.lakelens.network;

import static dev.lakelens.network.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.List;

/**
 * A convolution without bias and the batch normalisation behind it.
 *
 * @param name of the convolution, in timm's naming
 * @param norm name of the normalisation
 * @param in channels
 * @param out channels
 * @param kernel side of the square kernel
 * @param stride in both directions
 * @param groups {@code in} for a depthwise convolution, otherwise 1
 */
public record Convolution(
    String name, String norm, int in, int out, int kernel, int stride, int groups) {

  static Convolution pointwise(String name, String norm, int in, int out) {
    return new Convolution(name, norm, in, out, 1, 1, 1);
  }

  static Convolution depthwise(String name, String norm, int channels, int kernel, int stride) {
    return new Convolution(name, norm, channels, channels, kernel, stride, channels);
  }

  /** Name of its tensor of weights. */
  public String weight() {
    return name + ".weight";
  }

  /** Of its ONNX node. */
  public AttributeProto[] attributes(Pads pads) {
    long before = pads.before();
    long after = pads.after();
    return new AttributeProto[] {
      attribute("kernel_shape", List.of((long) kernel, (long) kernel)),
      attribute("strides", List.of((long) stride, (long) stride)),
      attribute("pads", List.of(before, before, after, after)), // top, left, bottom, right
      attribute("group", groups)
    };
  }

  /** Side of the map that it writes, the same with either padding. */
  int outputSize(int size) {
    return strided(size, stride);
  }

  /** Side of the map that a stride leaves of one. */
  static int strided(int size, int stride) {
    return (size + stride - 1) / stride;
  }

  /** Of the weight // [out, in / groups, kernel, kernel] */
  List<Integer> shape() {
    return List.of(out, in / groups, kernel, kernel);
  }
}

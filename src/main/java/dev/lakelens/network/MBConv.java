package dev.lakelens.network;

/**
 * A mobile inverted bottleneck: expand, depthwise, squeeze and excitation, project, skip.
 *
 * @param stage its stage, from 0
 * @param index its place in the stage, from 0
 * @param operator says how much it expands
 * @param kernel side of the depthwise kernel
 * @param stride of the depthwise convolution
 * @param in channels that enter
 * @param out channels that leave
 * @param squeezed channels inside squeeze-and-excitation, 0 where there is none
 */
public record MBConv(
    int stage,
    int index,
    Operator operator,
    int kernel,
    int stride,
    int in,
    int out,
    int squeezed) {

  /** Whether there is an expansion; at ratio 1 there is none. */
  public boolean expands() {
    return operator.expansion() > 1;
  }

  /** Whether there is a squeeze-and-excitation. */
  public boolean squeezes() {
    return squeezed > 0;
  }

  /** Whether the input is added to the output: only where both have the same shape. */
  public boolean skips() {
    return stride == 1 && in == out;
  }

  /** Channels inside the block. */
  public int expanded() {
    return in * operator.expansion();
  }

  /** The 1x1 convolution that widens; only where the block expands. */
  public Convolution expand() {
    return Convolution.pointwise(part("conv_pw"), part("bn1"), in, expanded());
  }

  /** The convolution of each channel alone. */
  public Convolution depthwise() {
    String norm = expands() ? "bn2" : "bn1";
    return Convolution.depthwise(part("conv_dw"), part(norm), expanded(), kernel, stride);
  }

  /** The gate between depthwise and projection; only where the block squeezes. */
  public SqueezeExcitation squeezeExcitation() {
    return new SqueezeExcitation(part("se"), expanded(), squeezed);
  }

  /**
   * The last 1x1 convolution, named {@code conv_pwl} after an expansion, which is {@code conv_pw};
   * {@code conv_pw} else.
   */
  public Convolution project() {
    return expands()
        ? Convolution.pointwise(part("conv_pwl"), part("bn3"), expanded(), out)
        : Convolution.pointwise(part("conv_pw"), part("bn2"), expanded(), out);
  }

  /** The full name of a part, in timm's naming. */
  public String part(String part) {
    return "blocks." + stage + "." + index + "." + part;
  }
}

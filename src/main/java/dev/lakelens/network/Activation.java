package dev.lakelens.network;

/** What follows every normalised convolution but the projections. */
public enum Activation {
  /** {@code x * sigmoid(x)}, the paper's Swish. */
  SILU,
  /** {@code min(max(x, 0), 6)}. */
  RELU6
}

package dev.lakelens.network;

/** The operators of Table 1: a mobile inverted bottleneck and how much it expands. */
public enum Operator {
  MBCONV1(1),
  MBCONV6(6);

  private final int expansion;

  Operator(int expansion) {
    this.expansion = expansion;
  }

  /** Channels inside a block, as a multiple of the channels that enter it. */
  public int expansion() {
    return expansion;
  }
}

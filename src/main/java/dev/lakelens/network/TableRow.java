package dev.lakelens.network;

/**
 * A row of the paper's Table 1, with the stride where the reference code has it.
 *
 * @param stage from 1, the stem, to 9, the head
 * @param operator such as {@code MBConv6, k3x3}
 * @param stride of the stage's first layer
 * @param resolution side of the square map that enters the stage
 * @param channels that leave the stage
 * @param layers the operator's repeats
 */
public record TableRow(
    int stage, String operator, int stride, int resolution, int channels, int layers) {}

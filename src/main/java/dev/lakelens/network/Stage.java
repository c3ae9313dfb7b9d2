package dev.lakelens.network;

/**
 * A row of Table 1.
 *
 * @param operator of all its blocks
 * @param kernel side of the depthwise convolution's kernel
 * @param stride of the first block; the others have stride 1
 * @param in channels that enter the first block
 * @param out channels that leave every block
 * @param repeats number of blocks
 */
public record Stage(Operator operator, int kernel, int stride, int in, int out, int repeats) {}

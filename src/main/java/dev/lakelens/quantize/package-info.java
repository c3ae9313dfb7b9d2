/**
 * Calibration photos to an int8 graph that keeps a network's answers. A reader starts with {@link
 * dev.lakelens.quantize.Quantization}, and goes on with {@code Int8Convolutions} (ReLU6 networks)
 * and {@code Int8Gemms} (SiLU networks).
 */
package dev.lakelens.quantize;

/**
 * EfficientNet: the paper's table, compound scaling, and the ONNX graph that they make with a
 * checkpoint's tensors. A reader starts with {@link dev.lakelens.network.Architecture}, and goes on
 * with {@code GraphBuilder} and {@code Layers}.
 *
 * <p>Tan and Le, EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks, ICML
 * 2019, arXiv:1905.11946.
 */
package dev.lakelens.network;

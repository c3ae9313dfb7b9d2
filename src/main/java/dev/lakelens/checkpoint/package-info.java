/**
 * Tensors by a maker's names to an EfficientNet of a family that is known, and the models that ship
 * with Lakelens.
 *
 * <p>Canonical are timm's names, with 32-bit floats, convolutions as {@code [out, in, height,
 * width]} and without {@code num_batches_tracked}.
 */
package dev.lakelens.checkpoint;

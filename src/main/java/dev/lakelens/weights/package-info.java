/**
 * Weight files of every format to tensors by the names that their makers gave: safetensors, PyTorch
 * (zip and before 1.6) and Keras (HDF5 and archives). A reader starts with {@link
 * dev.lakelens.weights.WeightFiles}.
 *
 * <p>A file is hostile until it is read: nothing in it is executed, and what it may ask for is
 * bounded by its own length.
 */
package dev.lakelens.weights;

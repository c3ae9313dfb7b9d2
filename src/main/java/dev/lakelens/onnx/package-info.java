/**
 * ONNX files of other makers, adapted to what {@link dev.lakelens.model.Model} says. A reader
 * starts with {@link dev.lakelens.onnx.OnnxModel}; {@code OnnxFile} lets no graph through that
 * could reach beyond its file, {@code Traits} says what its maker chose, and {@code Adapter} does
 * the rest.
 */
package dev.lakelens.onnx;

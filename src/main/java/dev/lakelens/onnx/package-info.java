/**
 * ONNX files of other makers. A reader starts with {@link dev.lakelens.onnx.OnnxFile}, which lets
 * no graph through that could reach beyond its file.
 */
package dev.lakelens.onnx;

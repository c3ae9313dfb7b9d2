package dev.lakelens.prepare;

import dev.lakelens.model.Preprocessing;

/**
 * What is to be done with images of one size.
 *
 * @param width of the source, in pixels
 * @param height of the source, in pixels
 * @param horizontal weights of the crop's columns
 * @param vertical weights of the crop's rows
 */
record ResizePlan(int width, int height, FilterWeights horizontal, FilterWeights vertical) {

  static ResizePlan of(Preprocessing preprocessing, int width, int height) {
    ResizeGeometry geometry = ResizeGeometry.of(preprocessing, width, height);
    return new ResizePlan(
        width,
        height,
        new FilterWeights(
            preprocessing.interpolation(),
            width,
            geometry.resizedWidth(),
            geometry.left(),
            geometry.cropSize()),
        new FilterWeights(
            preprocessing.interpolation(),
            height,
            geometry.resizedHeight(),
            geometry.top(),
            geometry.cropSize()));
  }

  boolean fits(int width, int height) {
    return this.width == width && this.height == height;
  }
}

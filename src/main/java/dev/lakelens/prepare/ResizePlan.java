package dev.lakelens.prepare;

import dev.lakelens.decode.Pixels;
import dev.lakelens.model.Preprocessing;

/**
 * What is to be done with images of one size.
 *
 * @param width of the source, in pixels
 * @param height of the source, in pixels
 * @param transposed whether the first pass is vertical
 * @param first weights of the first pass: of the crop's columns, or of its rows if transposed
 * @param second weights of the second pass
 */
record ResizePlan(
    int width, int height, boolean transposed, FilterWeights first, FilterWeights second) {

  static ResizePlan of(Preprocessing preprocessing, int width, int height) {
    ResizeGeometry geometry = ResizeGeometry.of(preprocessing, width, height);
    FilterWeights horizontal =
        new FilterWeights(
            preprocessing.interpolation(),
            width,
            geometry.resizedWidth(),
            geometry.left(),
            geometry.cropSize());
    FilterWeights vertical =
        new FilterWeights(
            preprocessing.interpolation(),
            height,
            geometry.resizedHeight(),
            geometry.top(),
            geometry.cropSize());
    return geometry.verticalFirst()
        ? new ResizePlan(width, height, true, vertical, horizontal)
        : new ResizePlan(width, height, false, horizontal, vertical);
  }

  boolean fits(Pixels pixels) {
    return width == pixels.width() && height == pixels.height();
  }
}

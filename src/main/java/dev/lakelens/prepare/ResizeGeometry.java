package dev.lakelens.prepare;

import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Resize;

/**
 * The size that an image is resized to, and the crop within it.
 *
 * @param resizedWidth in pixels; a long, for a line of pixels is stretched beyond an int
 * @param resizedHeight in pixels
 * @param left first column of the crop in the resized image
 * @param top first row of the crop in the resized image
 * @param cropSize side of the crop
 * @param verticalFirst whether the vertical pass goes before the horizontal one
 */
record ResizeGeometry(
    long resizedWidth,
    long resizedHeight,
    long left,
    long top,
    int cropSize,
    boolean verticalFirst) {

  /** The geometry of torchvision's {@code Resize} and {@code CenterCrop}. */
  static ResizeGeometry of(Preprocessing preprocessing, int width, int height) {
    boolean squash = preprocessing.resize() == Resize.SQUASH;
    int target = preprocessing.resizeTo();
    int crop = preprocessing.inputSize();
    long resizedWidth = squash ? target : side(target, width, height);
    long resizedHeight = squash ? target : side(target, height, width);
    return new ResizeGeometry(
        resizedWidth,
        resizedHeight,
        offset(resizedWidth, crop),
        offset(resizedHeight, crop),
        crop,
        verticalFirst(height - resizedHeight, width - resizedWidth));
  }

  /**
   * Pillow's order of the passes since 13.0: vertical first where the height loses more than twice
   * the pixels that the width does. Up to 12 it was always horizontal first, which differs by one
   * level here and there.
   */
  private static boolean verticalFirst(long lostRows, long lostColumns) {
    return lostRows > 0 && lostRows > 2 * lostColumns;
  }

  /** The length of one side when the shorter one becomes {@code target}: cut, not rounded. */
  private static long side(int target, int side, int other) {
    return side <= other ? target : (long) target * side / other;
  }

  /** Python's {@code round((resized - crop) / 2.0)}: halves go to the even neighbour. */
  private static long offset(long resized, int crop) {
    return (long) Math.rint((resized - crop) / 2.0);
  }
}

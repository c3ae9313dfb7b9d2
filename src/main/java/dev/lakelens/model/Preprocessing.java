package dev.lakelens.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;

/**
 * How pixels become the network's input, as in training: resize, centre crop, normalise.
 *
 * @param inputSize side of the square input, in pixels
 * @param resize what the resize keeps
 * @param resizeTo pixels that {@code resize} aims at: the shorter side, or both sides
 * @param interpolation Pillow's filter; all but the nearest pixel antialias
 * @param range what 8-bit values are divided by before {@code mean} and {@code std} apply
 * @param mean of the channels R, G, B, in units of {@code range}
 * @param std of the channels R, G, B, in units of {@code range}
 */
public record Preprocessing(
    int inputSize,
    Resize resize,
    int resizeTo,
    Interpolation interpolation,
    Range range,
    List<Double> mean,
    List<Double> std)
    implements Serializable {

  /** What a resize keeps. */
  public enum Resize {
    /** The aspect ratio: the shorter side becomes {@code resizeTo}. */
    SHORTER_SIDE,
    /** Nothing: both sides become {@code resizeTo}. */
    SQUASH
  }

  /** Filters of Pillow's resize; those with a support let it grow with the reduction. */
  public enum Interpolation {
    /** No filter: each pixel is the source's at its middle. */
    NEAREST,
    BILINEAR,
    BICUBIC
  }

  /** The divisor of 8-bit values. */
  public enum Range {
    /** Values are divided by 255. */
    UNIT(255),
    /** Values stay 0 to 255. */
    BYTE(1);

    private final int divisor;

    Range(int divisor) {
      this.divisor = divisor;
    }

    public int divisor() {
      return divisor;
    }
  }

  /** Ten times the largest of the family; the tensor of an image stays below 1 GiB. */
  public static final int MOST_PIXELS = 8192;

  public Preprocessing {
    requireNonNull(resize, "resize is null");
    requireNonNull(interpolation, "interpolation is null");
    requireNonNull(range, "range is null");
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    require(
        inputSize >= 1 && inputSize <= MOST_PIXELS,
        "input_size must be 1 to %d, and is %d".formatted(MOST_PIXELS, inputSize));
    require(
        resizeTo >= inputSize && resizeTo <= MOST_PIXELS,
        "resize_to must be %d (input_size) to %d, and is %d"
            .formatted(inputSize, MOST_PIXELS, resizeTo));
    require(mean.size() == 3, "mean must have three values, and has " + mean.size());
    require(std.size() == 3, "std must have three values, and has " + std.size());
    require(mean.stream().allMatch(Double::isFinite), "mean must be finite, and is " + mean);
    require(
        std.stream().allMatch(s -> s > 0 && Double.isFinite(s)),
        "std must be positive, and is " + std);
  }

  private static void require(boolean rule, String sentence) {
    if (!rule) {
      throw new IllegalArgumentException(sentence);
    }
  }
}

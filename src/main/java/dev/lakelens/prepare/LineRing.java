package dev.lakelens.prepare;

import java.util.Arrays;

/**
 * The lines of an image that a filter's window slides over, each unpacked once into an {@code
 * int[]} and kept until the window has passed it.
 *
 * <p>A window longer than the ring is summed in pieces, and its lines are unpacked again for the
 * next window, so memory is bounded for any image.
 */
abstract class LineRing {
  private static final int MAX_LINES = 2048;

  private final int length;
  private int[][] lines = {};
  // Lines first to end - 1 are in the ring.
  private int first;
  private int end;

  /**
   * A ring without lines.
   *
   * @param length ints of a line
   */
  LineRing(int length) {
    this.length = length;
  }

  /** Writes a line of the image into {@code line}. */
  abstract void unpack(int index, int[] line);

  /** Forgets all lines and takes windows of up to {@code window} lines from now on. */
  final void reset(int window) {
    first = 0;
    end = 0;
    int needed = Math.min(Integer.highestOneBit(window * 2 - 1), MAX_LINES);
    int present = lines.length;
    if (needed > present) {
      lines = Arrays.copyOf(lines, needed);
      for (int i = present; i < needed; i++) {
        lines[i] = new int[length];
      }
    }
  }

  /** The window's lines times their weights, and a half, in fixed point. */
  final void sum(int start, int[] weights, int[] sums) {
    Arrays.fill(sums, FilterWeights.HALF);
    int mask = lines.length - 1;
    for (int from = 0; from < weights.length; from += lines.length) {
      int to = Math.min(weights.length, from + lines.length);
      load(start + from, start + to);
      WeightedSums.add(lines, mask, start, weights, from, to, sums, length);
    }
  }

  private void load(int from, int to) {
    if (from < first || from > end) {
      first = from;
      end = from;
    }
    for (; end < to; end++) {
      unpack(end, lines[end & (lines.length - 1)]);
    }
    first = Math.max(first, end - lines.length);
  }
}

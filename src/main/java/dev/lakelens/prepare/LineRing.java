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
  // A line's place in the ring is its index & mask.
  private int mask;
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
    int capacity = Math.min(Integer.highestOneBit(window * 2 - 1), MAX_LINES);
    mask = capacity - 1;
    int present = lines.length;
    if (capacity > present) {
      lines = Arrays.copyOf(lines, capacity);
      for (int i = present; i < capacity; i++) {
        lines[i] = new int[length];
      }
    }
  }

  /** The lines from {@code start} times their weights, plus a half, in fixed point. */
  final void sum(int start, int[] weights, int[] sums) {
    Arrays.fill(sums, FilterWeights.HALF);
    int capacity = mask + 1;
    for (int from = 0; from < weights.length; from += capacity) {
      int to = Math.min(weights.length, from + capacity);
      load(start + from, start + to);
      WeightedSums.add(lines, mask, start, weights, from, to, sums);
    }
  }

  private void load(int from, int to) {
    if (from < first || from > end) {
      first = from;
      end = from;
    }
    for (; end < to; end++) {
      unpack(end, lines[end & mask]);
    }
    first = Math.max(first, end - mask - 1);
  }
}

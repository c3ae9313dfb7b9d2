package dev.lakelens.prepare;

/**
 * Sums of lines, each line times its weight.
 *
 * <p>A loop takes at most four lines: the just-in-time compiler turns such loops over plain arrays
 * into vector code, and longer ones not.
 */
final class WeightedSums {
  private static final int LINES_A_LOOP = 4;

  private WeightedSums() {}

  /**
   * {@code sums[i] += weights[j] * lines[(first + j) & mask][i]} for {@code j} from {@code from} to
   * {@code to - 1}, where {@code lines} is a ring of {@code mask + 1} arrays.
   */
  static void add(
      int[][] lines, int mask, int first, int[] weights, int from, int to, int[] sums, int length) {
    int loops = (to - from + LINES_A_LOOP - 1) / LINES_A_LOOP;
    int j = from;
    for (int loop = 0; loop < loops; loop++) {
      int count = (to - j + loops - loop - 1) / (loops - loop);
      int[] a = lines[(first + j) & mask];
      int[] b = lines[(first + j + 1) & mask];
      int[] c = lines[(first + j + 2) & mask];
      int[] d = lines[(first + j + 3) & mask];
      switch (count) {
        case 1 -> add(a, weights[j], sums, length);
        case 2 -> add(a, weights[j], b, weights[j + 1], sums, length);
        case 3 -> add(a, weights[j], b, weights[j + 1], c, weights[j + 2], sums, length);
        default ->
            add(
                a,
                weights[j],
                b,
                weights[j + 1],
                c,
                weights[j + 2],
                d,
                weights[j + 3],
                sums,
                length);
      }
      j += count;
    }
  }

  private static void add(int[] a, int p, int[] sums, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += a[i] * p;
    }
  }

  private static void add(int[] a, int p, int[] b, int q, int[] sums, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += a[i] * p + b[i] * q;
    }
  }

  private static void add(int[] a, int p, int[] b, int q, int[] c, int r, int[] sums, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += a[i] * p + b[i] * q + c[i] * r;
    }
  }

  private static void add(
      int[] a, int p, int[] b, int q, int[] c, int r, int[] d, int s, int[] sums, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += a[i] * p + b[i] * q + c[i] * r + d[i] * s;
    }
  }
}

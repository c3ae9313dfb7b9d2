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
   * Adds {@code weights[j] * lines[(start + j) & mask]} to {@code sums} for {@code j} from {@code
   * from} to {@code to - 1}, in loops as even as possible.
   *
   * @param lines a ring of at least {@code mask + 1} arrays, each as long as {@code sums}
   */
  static void add(int[][] lines, int mask, int start, int[] weights, int from, int to, int[] sums) {
    int loops = (to - from + LINES_A_LOOP - 1) / LINES_A_LOOP;
    int j = from;
    for (int loop = loops; loop > 0; loop--) {
      int count = (to - j + loop - 1) / loop;
      int[] a = lines[(start + j) & mask];
      int[] b = lines[(start + j + 1) & mask];
      int[] c = lines[(start + j + 2) & mask];
      int[] d = lines[(start + j + 3) & mask];
      int p = weights[j];
      int q = count > 1 ? weights[j + 1] : 0;
      int r = count > 2 ? weights[j + 2] : 0;
      switch (count) {
        case 1 -> add(a, p, sums);
        case 2 -> add(a, p, b, q, sums);
        case 3 -> add(a, p, b, q, c, r, sums);
        default -> add(a, p, b, q, c, r, d, weights[j + 3], sums);
      }
      j += count;
    }
  }

  private static void add(int[] a, int p, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += a[i] * p;
    }
  }

  private static void add(int[] a, int p, int[] b, int q, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += a[i] * p + b[i] * q;
    }
  }

  private static void add(int[] a, int p, int[] b, int q, int[] c, int r, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += a[i] * p + b[i] * q + c[i] * r;
    }
  }

  private static void add(
      int[] a, int p, int[] b, int q, int[] c, int r, int[] d, int s, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += a[i] * p + b[i] * q + c[i] * r + d[i] * s;
    }
  }
}

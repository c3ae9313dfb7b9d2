package dev.lakelens.prepare;

import dev.lakelens.decode.Pixels;

/**
 * The first pass: source rows, resized to the crop's columns and rounded to 8 bits. Where the
 * vertical pass is first, the image is transposed: its columns are the rows here.
 *
 * <p>A line is one row, {@code [3, size]}, channels as in memory. Rows are made a block at a time:
 * a block's sums over columns are packed, a pixel a word, and turned into rows.
 */
final class ResizedRows extends LineRing {
  private static final int ROWS = SourceColumns.ROWS;
  // Vector code takes a block as if it were full: up to so many rows are faster one by one.
  private static final int FEW_ROWS = 32;
  private static final Pixels NONE =
      new Pixels(1, 1, Pixels.ChannelOrder.RGB, new byte[Tensor.CHANNELS]);

  private final int size;
  private final SourceColumns columns = new SourceColumns();
  // One column of the crop // [3, ROWS]
  private final int[] sums = new int[Tensor.CHANNELS * ROWS];
  // Packed pixels of a block // [size, ROWS], and its transpose
  private final int[][] packedColumns;
  private final int[][] packedRows;
  private final int[][] planes;
  private Pixels pixels = NONE;
  private boolean transposed;
  private FilterWeights weights;
  private int endRow;
  private int blockStart;
  private int blockEnd;

  ResizedRows(int size) {
    super(Tensor.CHANNELS * size);
    this.size = size;
    this.packedColumns = new int[size][ROWS];
    this.packedRows = new int[ROWS][size];
    this.planes = new int[Tensor.CHANNELS][size];
  }

  /**
   * Turns to an image.
   *
   * @param plan whose second pass will ask for rows
   */
  void open(Pixels pixels, ResizePlan plan) {
    reset(plan.second().window());
    this.pixels = pixels;
    this.transposed = plan.transposed();
    this.weights = plan.first();
    this.endRow = plan.second().endSource();
    blockStart = 0;
    blockEnd = 0;
  }

  /** Lets go of the image. */
  void close() {
    pixels = NONE;
    columns.close();
  }

  @Override
  void unpack(int row, int[] line) {
    if (row < blockStart || row >= blockEnd) {
      resize(row);
    }
    unpack(packedRows[row - blockStart], planes[0], planes[1], planes[2], size);
    for (int c = 0; c < Tensor.CHANNELS; c++) {
      System.arraycopy(planes[c], 0, line, c * size, size);
    }
  }

  private static void unpack(int[] words, int[] first, int[] second, int[] third, int length) {
    for (int i = 0; i < length; i++) {
      int word = words[i];
      first[i] = word & 0xff;
      second[i] = (word >> 8) & 0xff;
      third[i] = word >> 16;
    }
  }

  private void resize(int row) {
    blockStart = row;
    blockEnd = Math.min(row + ROWS, endRow);
    columns.open(pixels, transposed, weights, row, blockEnd - row);
    if (blockEnd - row <= FEW_ROWS) {
      resizeFew();
    } else {
      resizeBlock();
    }
  }

  private void resizeFew() {
    for (int x = 0; x < size; x++) {
      int[] window = weights.weights(x);
      for (int y = 0; y < blockEnd - blockStart; y++) {
        packedRows[y][x] = columns.pixel(y, weights.start(x), window);
      }
    }
  }

  private void resizeBlock() {
    for (int x = 0; x < size; x++) {
      columns.sum(weights.start(x), weights.weights(x), sums);
      clip(sums);
      pack(sums, packedColumns[x]);
    }
    for (int y = 0; y < ROWS; y += 8) {
      transposeBand(y);
    }
  }

  /** Fixed point to 0 to 255, without a branch, which keeps it vector code. */
  private static void clip(int[] sums) {
    for (int i = 0; i < Tensor.CHANNELS * ROWS; i++) {
      int value = sums[i] >> FilterWeights.PRECISION_BITS;
      int over = 255 - (value & ~(value >> 31));
      sums[i] = 255 - (over & ~(over >> 31));
    }
  }

  private static void pack(int[] values, int[] words) {
    for (int i = 0; i < ROWS; i++) {
      words[i] = values[i] | (values[i + ROWS] << 8) | (values[i + 2 * ROWS] << 16);
    }
  }

  private void transposeBand(int y) {
    int[] row0 = packedRows[y];
    int[] row1 = packedRows[y + 1];
    int[] row2 = packedRows[y + 2];
    int[] row3 = packedRows[y + 3];
    int[] row4 = packedRows[y + 4];
    int[] row5 = packedRows[y + 5];
    int[] row6 = packedRows[y + 6];
    int[] row7 = packedRows[y + 7];
    for (int x = 0; x < size; x++) {
      int[] column = packedColumns[x];
      row0[x] = column[y];
      row1[x] = column[y + 1];
      row2[x] = column[y + 2];
      row3[x] = column[y + 3];
      row4[x] = column[y + 4];
      row5[x] = column[y + 5];
      row6[x] = column[y + 6];
      row7[x] = column[y + 7];
    }
  }
}

package dev.lakelens.prepare;

import dev.lakelens.decode.Pixels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The columns of a block of source rows: the first pass is vector code that runs down them.
 *
 * <p>A line is one column of pixels, {@code [3, ROWS]}, channels as in memory. Rows are read in
 * bands of eight and turned into columns a chunk at a time, a pixel being one word.
 */
final class SourceColumns extends LineRing {
  /** Rows of a block; a multiple of 16, so that each channel starts at a whole vector. */
  static final int ROWS = 112;

  private static final int BAND = 8;
  private static final int CHUNK = 64;
  private static final byte[] NONE = {};
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  // Packed pixels // [CHUNK, ROWS]
  private final int[][] chunk = new int[CHUNK][ROWS];
  private int chunkStart;
  private int chunkEnd;
  private int end;
  private int row;
  private int rows;
  private int rowStep;
  private int columnStep;
  private byte[] data = NONE;

  SourceColumns() {
    super(Tensor.CHANNELS * ROWS);
  }

  /**
   * Turns to a block of rows.
   *
   * @param transposed whether the image's columns are to be rows here
   * @param weights of the crop's columns, whose windows will be asked for
   * @param rows number of rows, at most {@link #ROWS}; the others hold anything
   */
  void open(Pixels pixels, boolean transposed, FilterWeights weights, int row, int rows) {
    reset(weights.window());
    this.data = pixels.data();
    this.rowStep = transposed ? 1 : pixels.width();
    this.columnStep = transposed ? pixels.width() : 1;
    this.end = weights.endSource();
    this.row = row;
    this.rows = rows;
    chunkStart = 0;
    chunkEnd = 0;
  }

  /** Lets go of the image. */
  void close() {
    data = NONE;
  }

  /** One row's pixels from {@code start} times their weights, clipped: a packed pixel. */
  int pixel(int y, int start, int[] window) {
    byte[] bytes = data;
    int step = Tensor.CHANNELS * columnStep;
    int at = offset(y, start);
    int first = FilterWeights.HALF;
    int second = FilterWeights.HALF;
    int third = FilterWeights.HALF;
    for (int weight : window) {
      first += (bytes[at] & 0xff) * weight;
      second += (bytes[at + 1] & 0xff) * weight;
      third += (bytes[at + 2] & 0xff) * weight;
      at += step;
    }
    return clip(first) | clip(second) << 8 | clip(third) << 16;
  }

  private static int clip(int sum) {
    return Math.max(0, Math.min(255, sum >> FilterWeights.PRECISION_BITS));
  }

  @Override
  void unpack(int column, int[] line) {
    if (column < chunkStart || column >= chunkEnd) {
      read(column);
    }
    unpack(chunk[column - chunkStart], line);
  }

  private static void unpack(int[] words, int[] line) {
    for (int i = 0; i < ROWS; i++) {
      int word = words[i];
      line[i] = word & 0xff;
      line[i + ROWS] = (word >> 8) & 0xff;
      line[i + 2 * ROWS] = (word >> 16) & 0xff;
    }
  }

  private void read(int column) {
    chunkStart = column;
    chunkEnd = Math.min(column + CHUNK, end);
    // The last pixel of the data may have no fourth byte.
    boolean guarded = offset(rows - 1, chunkEnd - 1) > data.length - Integer.BYTES;
    int whole = guarded ? rows - 1 : rows;
    int y = 0;
    for (; y + BAND <= whole; y += BAND) {
      readBand(y);
    }
    for (; y < rows; y++) {
      readRow(y);
    }
  }

  private void readBand(int y) {
    byte[] bytes = data;
    int stride = Tensor.CHANNELS * rowStep;
    int step = Tensor.CHANNELS * columnStep;
    int at = offset(y, chunkStart);
    for (int x = 0; x < chunkEnd - chunkStart; x++) {
      int[] words = chunk[x];
      words[y] = (int) WORDS.get(bytes, at);
      words[y + 1] = (int) WORDS.get(bytes, at + stride);
      words[y + 2] = (int) WORDS.get(bytes, at + 2 * stride);
      words[y + 3] = (int) WORDS.get(bytes, at + 3 * stride);
      words[y + 4] = (int) WORDS.get(bytes, at + 4 * stride);
      words[y + 5] = (int) WORDS.get(bytes, at + 5 * stride);
      words[y + 6] = (int) WORDS.get(bytes, at + 6 * stride);
      words[y + 7] = (int) WORDS.get(bytes, at + 7 * stride);
      at += step;
    }
  }

  private void readRow(int y) {
    for (int x = chunkStart; x < chunkEnd; x++) {
      int at = offset(y, x);
      chunk[x - chunkStart][y] =
          (data[at] & 0xff) | ((data[at + 1] & 0xff) << 8) | ((data[at + 2] & 0xff) << 16);
    }
  }

  /** Where a pixel starts in the data; less than 2 GB, for the data is one array. */
  private int offset(int y, int x) {
    return Tensor.CHANNELS * ((row + y) * rowStep + x * columnStep);
  }
}

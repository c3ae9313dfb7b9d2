package dev.lakelens.jobs;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Cells in columns that are as wide as what they hold, on lines of 80 code points. */
final class Columns {
  private static final int LINE = 80;
  private static final String GAP = "  ";
  private static final String ELLIPSIS = "\u2026";

  private Columns() {}

  /**
   * Pads cells, and cuts those for which a line has no room.
   *
   * @param rows as many cells each
   * @param rest code points that follow the cells on a line
   * @return a line for each row, with a gap before, between and behind its cells
   */
  static List<String> lines(List<List<String>> rows, int rest) {
    if (rows.isEmpty()) {
      return List.of();
    }
    int[] widths = widths(rows);
    fit(widths, LINE - rest - GAP.length() * (widths.length + 1));
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static int[] widths(List<List<String>> rows) {
    return IntStream.range(0, rows.get(0).size())
        .map(column -> rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0))
        .toArray();
  }

  /** The wider columns share what the narrower ones leave. */
  private static void fit(int[] widths, int room) {
    List<Integer> narrowFirst =
        IntStream.range(0, widths.length)
            .boxed()
            .sorted(Comparator.comparingInt(column -> widths[column]))
            .toList();
    int left = room;
    int columns = widths.length;
    for (int column : narrowFirst) {
      widths[column] = Math.min(widths[column], left / columns);
      left -= widths[column];
      columns--;
    }
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder(GAP);
    for (int column = 0; column < widths.length; column++) {
      String cell = cut(row.get(column), widths[column]);
      line.append(cell).append(" ".repeat(widths[column] - width(cell))).append(GAP);
    }
    return line.toString();
  }

  private static String cut(String cell, int width) {
    return width(cell) <= width
        ? cell
        : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + ELLIPSIS;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}

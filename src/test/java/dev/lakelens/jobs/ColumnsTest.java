package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  private static final String DISHES = "\ud83c\udf5c".repeat(90); // a bowl, of two chars each

  @Test
  void areAsWideAsWhatTheyHold() {
    assertThat(Columns.lines(List.of(List.of("a.jpg", "cat"), List.of("b.jpeg", "tabby")), 4))
        .containsExactly("  a.jpg   cat    ", "  b.jpeg  tabby  ");
  }

  @Test
  void leaveALineItsRestAndCutByCodePoints() {
    List<String> lines = Columns.lines(List.of(List.of(DISHES), List.of("cat")), 10);

    assertThat(lines).extracting(ColumnsTest::width).containsOnly(70);
    assertThat(lines.get(0)).isEqualTo("  " + DISHES.substring(0, 2 * 65) + "\u2026  ");
  }

  @Test
  void cutTheWiderColumnOnly() {
    String label = "l".repeat(30);
    List<String> lines = Columns.lines(List.of(List.of("n".repeat(90), label)), 4);

    assertThat(lines).containsExactly("  " + "n".repeat(39) + "\u2026  " + label + "  ");
  }

  @Test
  void shareALineWhereBothAreWide() {
    List<String> lines = Columns.lines(List.of(List.of("n".repeat(90), "l".repeat(99))), 4);

    assertThat(lines)
        .containsExactly("  " + "n".repeat(34) + "\u2026  " + "l".repeat(34) + "\u2026  ");
  }

  @Test
  void areNoneWithoutRows() {
    assertThat(Columns.lines(List.of(), 4)).isEmpty();
  }

  private static int width(String line) {
    return line.codePointCount(0, line.length());
  }
}

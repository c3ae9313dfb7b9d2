package dev.lakelens.network;

import dev.lakelens.model.Counted;
import java.util.List;
import java.util.Locale;

/** Draws a description: the rows of Table 1 with their blocks, and the parts of one MBConv. */
public final class Diagram {
  private static final int WIDTH = 1240;
  private static final int HEIGHT = 800;
  private static final int TOP = 150;
  private static final int ROW = 62;
  private static final int BOX = 46;
  private static final double BLOCKS_X = 270;
  private static final double BLOCKS_WIDTH = 370;

  /** Of the sub-block kinds 1 to 3. */
  private static final List<String> FILLS = List.of("#fde68a", "#bfdbfe", "#bbf7d0");

  private final Description description;
  private final Svg svg;

  private Diagram(Description description) {
    this.description = description;
    this.svg = new Svg(WIDTH, HEIGHT, "EfficientNet " + description.variant());
  }

  /** A network's drawing as an SVG document, without scripts or outside resources. */
  public static String svg(Description description) {
    Diagram diagram = new Diagram(description);
    diagram.draw();
    return diagram.svg.toString();
  }

  private void draw() {
    title();
    for (int i = 0; i < description.table().size(); i++) {
      row(description.table().get(i), TOP + i * ROW);
    }
    legend(TOP + description.table().size() * ROW + 24);
    new BlockDiagram(description, svg).draw();
  }

  private void title() {
    Counts counts = description.counts();
    svg.heading(40, 52, 26, "EfficientNet " + description.variant());
    svg.text(
        40,
        80,
        14,
        "start",
        Svg.GREY,
        String.format(
            Locale.ROOT,
            "%.2f M parameters, %.2f G multiply-adds at %d \u00d7 %d, %d blocks, %s",
            counts.parameters() / 1e6,
            counts.macs() / 1e9,
            description.inputSize(),
            description.inputSize(),
            counts.blocks(),
            description.activation()));
    svg.text(56, TOP - 16, 12, "start", Svg.GREY, "stage and operator");
    svg.text(BLOCKS_X, TOP - 16, 12, "start", Svg.GREY, "layers");
    svg.text(750, TOP - 16, 12, "end", Svg.GREY, "output");
  }

  private void row(TableRow row, double y) {
    svg.box(40, y, 720, BOX, "#f8fafc", Svg.LIGHT);
    svg.heading(56, y + 20, 14, row.stage() + "  " + operator(row));
    String stride = "stride " + row.stride() + ", from " + square(row.resolution());
    svg.text(56, y + 37, 12, "start", Svg.GREY, stride);
    if (row.stage() == 1) {
      chips(y, description.stem());
    } else if (row.stage() == description.table().size()) {
      chips(y, description.finalLayers());
    } else {
      blocks(row, y);
    }
    svg.text(750, y + 20, 13, "end", Svg.DARK, output(row));
    svg.text(750, y + 37, 12, "end", Svg.GREY, row.channels() + " channels");
    if (row.stage() > 1) {
      svg.arrow("M400 %.0fV%.0f", y - ROW + BOX, y - 1);
    }
  }

  private String operator(TableRow row) {
    return row.stage() == description.table().size() ? "Final layers" : row.operator();
  }

  private String output(TableRow row) {
    if (row.stage() == description.table().size()) {
      return description.classes() > 0 ? Counted.classes(description.classes()) : "embedding";
    }
    return square(Convolution.strided(row.resolution(), row.stride()));
  }

  /** Each layer as wide as its name is long. */
  private void chips(double y, List<String> layers) {
    List<String> names = layers.stream().map(Diagram::shortened).toList();
    double pixels = BLOCKS_WIDTH / names.stream().mapToInt(Diagram::share).sum();
    double x = BLOCKS_X;
    for (String name : names) {
      double pitch = pixels * share(name);
      svg.box(x, y + 9, pitch - 4, 28, "#e9d5ff", "#a78bfa");
      svg.text(x + pitch / 2 - 2, y + 27, 10, "middle", Svg.DARK, name);
      x += pitch;
    }
  }

  private static int share(String name) {
    return name.length() + 4;
  }

  private static String shortened(String layer) {
    return layer.replace("Global average pool", "Pool").replace(", stride 2", " / 2");
  }

  /** Wide boxes where they are few. */
  private void blocks(TableRow row, double y) {
    double pitch = Math.min(34, BLOCKS_WIDTH / row.layers());
    double gap = Math.min(4, pitch / 6);
    int size = pitch < 20 ? 10 : 12;
    double x = BLOCKS_X;
    for (BlockRow block : description.blocks()) {
      if (block.stage() == row.stage()) {
        svg.box(x, y + 9, pitch - gap, 28, FILLS.get(block.kind() - 1), Svg.GREY);
        String kind = String.valueOf(block.kind());
        svg.text(x + (pitch - gap) / 2, y + 28, size, "middle", Svg.DARK, kind);
        x += pitch;
      }
    }
  }

  private void legend(double y) {
    List<String> kinds =
        List.of("1  first of all", "2  first of a later stage, no skip", "3  repeat, with skip");
    double x = 40;
    for (int i = 0; i < kinds.size(); i++) {
      svg.box(x, y - 12, 16, 16, FILLS.get(i), Svg.GREY);
      svg.text(x + 24, y + 1, 12, "start", Svg.DARK, kinds.get(i));
      x += 50 + kinds.get(i).length() * 6.2;
    }
  }

  private static String square(int side) {
    return side + " \u00d7 " + side;
  }
}

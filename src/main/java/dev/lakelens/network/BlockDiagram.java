package dev.lakelens.network;

import java.util.List;

/** Draws the parts of an MBConv: expand, depthwise, squeeze and excitation, project, skip. */
final class BlockDiagram {
  private static final double LEFT = 810;
  private static final double CENTRE = 985;
  private static final double HALF = 140;
  private static final double STEP = 92;
  private static final double BOX = 56;
  private static final double TOP = 196;

  private final Description description;
  private final Svg svg;
  private double y = TOP;

  BlockDiagram(Description description, Svg svg) {
    this.description = description;
    this.svg = svg;
  }

  void draw() {
    boolean squeezes = description.blocks().get(0).squeezed() > 0;
    String activation = description.activation();
    svg.box(LEFT, 110, 390, squeezes ? 582 : 582 - STEP, Svg.WHITE, Svg.LIGHT);
    svg.heading(LEFT + 20, 138, 17, "MBConv");
    svg.text(CENTRE, TOP - 26, 13, "middle", Svg.DARK, "H \u00d7 W \u00d7 C");
    svg.arrow("M%.0f %.0fV%.0f", CENTRE, TOP - 20, TOP - 1);
    part("Expand", "Conv 1\u00d71, C to 6 C, BatchNorm, " + activation, "#bfdbfe");
    part("Depthwise", "Conv k\u00d7k, stride s, BatchNorm, " + activation, "#fde68a");
    if (squeezes) {
      part("Squeeze and excitation", "Pool, C / 4, Swish, 6 C, Sigmoid, \u00d7", "#fbcfe8");
    }
    part("Project", "Conv 1\u00d71, 6 C to C\u2032, BatchNorm", "#ddd6fe");
    skip();
    notes();
  }

  private void part(String name, String layers, String fill) {
    svg.box(CENTRE - HALF, y, 2 * HALF, BOX, fill, Svg.GREY);
    svg.heading(CENTRE - HALF + 12, y + 23, 15, name);
    svg.text(CENTRE - HALF + 12, y + 43, 12, "start", Svg.DARK, layers);
    svg.arrow("M%.0f %.0fV%.0f", CENTRE, y + BOX, y + STEP - 1);
    y += STEP;
  }

  /** From above the first part round all of them into a sum. */
  private void skip() {
    double right = CENTRE + HALF + 30;
    svg.box(CENTRE - 15, y, 30, 30, "#bbf7d0", Svg.GREY);
    svg.text(CENTRE, y + 21, 18, "middle", Svg.DARK, "+");
    svg.arrow("M%.0f %.0fH%.0fV%.0fH%.0f", CENTRE, TOP - 12, right, y + 15, CENTRE + 17);
    svg.text(right + 6, (TOP + y) / 2, 13, "start", Svg.DARK, "skip");
    svg.arrow("M%.0f %.0fV%.0f", CENTRE, y + 30, y + 52);
    svg.text(CENTRE, y + 68, 13, "middle", Svg.DARK, "H / s \u00d7 W / s \u00d7 C\u2032");
    y += 96;
  }

  private void notes() {
    for (String note :
        List.of(
            "MBConv1 has no expansion: 6 C is then C.",
            "Skip and drop connect only where s = 1 and C = C\u2032.")) {
      svg.text(LEFT + 20, y, 12, "start", Svg.GREY, note);
      y += 18;
    }
  }
}

package dev.lakelens.network;

import java.util.Locale;

/** An SVG drawing under construction; lengths are pixels from the top left. */
final class Svg {
  static final String DARK = "#1f2937";
  static final String GREY = "#64748b";
  static final String LIGHT = "#cbd5e1";
  static final String WHITE = "#ffffff";

  private final StringBuilder body = new StringBuilder();
  private final int width;
  private final int height;
  private final String title;

  Svg(int width, int height, String title) {
    this.width = width;
    this.height = height;
    this.title = title;
  }

  /** A box with round corners. */
  void box(double x, double y, double width, double height, String fill, String stroke) {
    add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"6\" fill=\"%s\""
            + " stroke=\"%s\"/>",
        x, y, width, height, fill, stroke);
  }

  /** Text whose anchor is {@code start}, {@code middle} or {@code end}. */
  void text(double x, double y, int size, String anchor, String fill, String text) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
        x, y, size, anchor, fill, escape(text));
  }

  /** Text in bold from its start. */
  void heading(double x, double y, int size, String text) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" font-weight=\"bold\" fill=\"%s\">%s</text>",
        x, y, size, DARK, escape(text));
  }

  /** A line of SVG path data, made of a format and numbers, with an arrow at its end. */
  void arrow(String path, Object... numbers) {
    add(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\""
            + " marker-end=\"url(#tip)\"/>",
        String.format(Locale.ROOT, path, numbers), GREY);
  }

  /** The whole document. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
        font-family="Helvetica, Arial, sans-serif" role="img">
        <title>%3$s</title>
        <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" \
        markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="%5$s"/></marker></defs>
        <rect width="%1$d" height="%2$d" fill="%6$s"/>
        %4$s</svg>
        """,
        width,
        height,
        escape(title),
        body,
        GREY,
        WHITE);
  }

  private void add(String format, Object... values) {
    body.append(String.format(Locale.ROOT, format + "\n", values));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

package dev.lakelens.write;

import java.util.Locale;

/** The columns of an output file, in order. */
public enum Column {
  PATH,
  LENGTH,
  MODIFIED,
  ETAG,
  SHA256,
  FORMAT,
  WIDTH,
  HEIGHT,
  STATUS,
  REJECT,
  LABEL,
  LABEL_ID,
  SCORE,
  TOP,
  EMBEDDING,
  MODEL;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The name of the column. */
  public String text() {
    return text;
  }
}

package dev.lakelens.runs;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names one wave of one run: {@code yyyyMMdd'T'HHmmss'Z'-<6 hex>-<wave, 4 digits>}. Sorts by time,
 * and every engine reads it back as a string.
 *
 * @param text the id
 */
public record RunId(String text) {
  private static final Pattern FORM = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{6}-\\d{4}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();

  public RunId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("Not a run id: " + text);
    }
  }

  /** The id of the first wave of a run that starts now. */
  static RunId first(Instant now) {
    byte[] suffix = new byte[3];
    RANDOM.nextBytes(suffix);
    return new RunId(TIME.format(now) + "-" + HexFormat.of().formatHex(suffix) + "-0001");
  }

  @Override
  public String toString() {
    return text;
  }
}

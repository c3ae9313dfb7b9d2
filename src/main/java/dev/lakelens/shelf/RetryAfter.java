package dev.lakelens.shelf;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** The header {@code Retry-After}: seconds, or a date. */
final class RetryAfter {
  private RetryAfter() {}

  /** How long to wait; zero where the header says nothing, nonsense or a time that has passed. */
  static Duration of(String header, Clock clock) {
    if (header.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(header));
    }
    try {
      Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header));
      Duration rest = Duration.between(clock.instant(), then);
      return rest.isNegative() ? Duration.ZERO : rest;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }
}

package dev.lakelens.shelf;

import java.time.Duration;
import java.util.Optional;

/** An attempt failed in a way that another attempt may not. */
final class TransientFailure extends Exception {
  private final Duration retryAfter; // zero where the server did not say

  /**
   * @param clause what happened, to follow a colon
   * @param retryAfter what the server asks for; zero where it does not
   */
  TransientFailure(String clause, Duration retryAfter) {
    super(clause);
    this.retryAfter = retryAfter;
  }

  TransientFailure(String clause, Throwable cause) {
    super(clause, cause);
    this.retryAfter = Duration.ZERO;
  }

  Optional<Duration> retryAfter() {
    return retryAfter.isZero() ? Optional.empty() : Optional.of(retryAfter);
  }
}

package dev.lakelens.shelf;

import static java.util.Objects.requireNonNull;

/**
 * A secret for the hub, which no text of ours shows.
 *
 * @param value the secret; empty where there is none
 */
record Token(String value) {
  static final Token NONE = new Token("");

  Token {
    requireNonNull(value, "value is null");
  }

  boolean isPresent() {
    return !value.isEmpty();
  }

  @Override
  public String toString() {
    return isPresent() ? "(hidden)" : "(none)";
  }
}

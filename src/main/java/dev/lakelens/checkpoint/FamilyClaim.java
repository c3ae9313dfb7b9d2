package dev.lakelens.checkpoint;

import static java.util.Objects.requireNonNull;

/**
 * A family that somebody says a file is of.
 *
 * @param who says it, as a sentence begins, such as {@code --family} or the path of a card
 */
record FamilyClaim(Family family, String who) {
  FamilyClaim {
    requireNonNull(family, "family is null");
    requireNonNull(who, "who is null");
  }

  /** What the user says. */
  static FamilyClaim ofFlag(Family family) {
    return new FamilyClaim(family, "--family");
  }
}

package dev.lakelens.checkpoint;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

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

  static Optional<FamilyClaim> ofFlag(Optional<Family> flag) {
    return flag.map(family -> new FamilyClaim(family, "--family"));
  }
}

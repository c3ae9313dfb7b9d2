package dev.lakelens.image;

import static java.util.Objects.requireNonNull;

/**
 * Why one image has no labels.
 *
 * @param reason the reason, which also names the stage
 * @param message a sentence for a person, with the values that broke the rule
 */
public record Rejection(Reason reason, String message) {
  public Rejection {
    requireNonNull(reason, "reason is null");
    requireNonNull(message, "message is null");
  }
}

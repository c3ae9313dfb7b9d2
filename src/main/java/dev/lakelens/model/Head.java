package dev.lakelens.model;

import java.util.Optional;

/** What a model's logits are. */
public enum Head {
  /** One of several classes: scores are the softmax of the logits. */
  SOFTMAX,
  /** Each class on its own: scores are the sigmoid of the logits. */
  SIGMOID,
  /** No classifier: only embeddings. */
  NONE;

  /** One logit is a yes or no; several are one of several classes, unless a card says otherwise. */
  public static Head usual(int classes) {
    return switch (classes) {
      case 0 -> NONE;
      case 1 -> SIGMOID;
      default -> SOFTMAX;
    };
  }

  /**
   * Why logits cannot be this, and what to do; empty where they can.
   *
   * @param classes number of logits, 0 without a classifier
   */
  public Optional<String> fault(int classes) {
    if ((classes == 0) != (this == NONE)) {
      return Optional.of(
          "head is %s, and the model has %s; %s"
              .formatted(
                  CardJson.text(this),
                  classes == 0 ? "no classifier" : "a classifier",
                  classes == 0 ? "say none" : "say softmax or sigmoid"));
    }
    return classes == 1 && this == SOFTMAX
        ? Optional.of(
            "head is softmax, and of one output that is always 1; say sigmoid, a yes or no")
        : Optional.empty();
  }
}

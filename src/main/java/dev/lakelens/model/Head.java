package dev.lakelens.model;

/** What a model's logits are. */
public enum Head {
  /** One of several classes: scores are the softmax of the logits. */
  SOFTMAX,
  /** Each class on its own: scores are the sigmoid of the logits. */
  SIGMOID,
  /** No classifier: only embeddings. */
  NONE
}

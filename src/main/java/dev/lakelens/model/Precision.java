package dev.lakelens.model;

/** Numbers that a graph computes with. */
public enum Precision {
  /** 32-bit floats throughout. */
  FP32,
  /** 16-bit floats, at least in part. */
  FP16,
  /** 8-bit integers, at least in part. */
  INT8;

  /** As fingerprints and people write it. */
  public String text() {
    return CardJson.text(this);
  }
}

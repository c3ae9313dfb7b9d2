package dev.lakelens.model;

/** How a strided convolution is padded; the checkpoint's family decides, never its tensors. */
public enum Padding {
  /** TensorFlow's SAME: the odd pixel goes to the bottom and the right. */
  SAME,
  /** {@code (kernel - 1) / 2} on every side, as torchvision and timm's own trainings do. */
  SYMMETRIC
}

package dev.lakelens.image;

import java.util.Locale;

/** Why an image is rejected. The set is closed: tables and alerts rely on these names. */
public enum Reason {
  /** The file was listed, and is gone. */
  NOT_FOUND(Stage.READ),
  /** The file is larger than {@code --max-bytes}. */
  TOO_MANY_BYTES(Stage.READ),
  /** The file is not the one that was listed: its length differs. */
  CHANGED(Stage.READ),
  /** The file cannot be read, after retries. */
  READ_FAILED(Stage.READ),

  /** The file has no bytes. */
  EMPTY(Stage.DECODE),
  /** The first bytes are those of no image format. */
  UNKNOWN_FORMAT(Stage.DECODE),
  /** An image format that is recognised and not decoded, or a variant of one. */
  UNSUPPORTED_FORMAT(Stage.DECODE),
  /** Width times height is larger than {@code --max-pixels}. */
  TOO_MANY_PIXELS(Stage.DECODE),
  /** The image data end early. */
  TRUNCATED(Stage.DECODE),
  /** The image data contradict themselves. */
  CORRUPT(Stage.DECODE),
  /** The native decoder that this image needs is not there. */
  DECODER_UNAVAILABLE(Stage.DECODE),
  /** Decoding took longer than its limit. */
  TIMEOUT(Stage.DECODE),
  /** Decoding ended the process. */
  CRASHED(Stage.DECODE),

  /** The network's output is not finite. */
  BAD_OUTPUT(Stage.INFER);

  private final Stage stage;

  Reason(Stage stage) {
    this.stage = stage;
  }

  public Stage stage() {
    return stage;
  }

  /** The value of {@code reject.reason}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}

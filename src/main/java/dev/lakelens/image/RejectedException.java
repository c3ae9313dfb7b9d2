package dev.lakelens.image;

/** An image is bad. Its fate is a rejected row, never the end of the job. */
public final class RejectedException extends Exception {
  private final Rejection rejection;

  public RejectedException(Reason reason, String message) {
    this(reason, message, null);
  }

  /**
   * @param cause what a decoder or a file system threw, or null
   */
  public RejectedException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.rejection = new Rejection(reason, message);
  }

  public Rejection rejection() {
    return rejection;
  }
}

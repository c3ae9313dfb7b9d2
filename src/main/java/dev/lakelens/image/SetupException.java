package dev.lakelens.image;

/**
 * The set-up is bad: an input, an output, a model, a library or an option. Stops a job before its
 * first task, with exit code 2.
 */
public final class SetupException extends RuntimeException {

  /**
   * @param sentence names the thing that is wrong, and the remedy
   */
  public SetupException(String sentence) {
    super(sentence);
  }

  /**
   * @param sentence names the thing that is wrong, and the remedy
   * @param cause what a library threw
   */
  public SetupException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}

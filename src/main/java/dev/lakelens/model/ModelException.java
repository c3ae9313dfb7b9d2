package dev.lakelens.model;

/** A model cannot be used as it is: its name, its card, its labels or its tensors are wrong. */
public class ModelException extends RuntimeException {

  /**
   * @param sentence names the thing that is wrong
   */
  public ModelException(String sentence) {
    super(sentence);
  }

  /**
   * @param sentence names the thing that is wrong
   * @param cause what a library or a rule threw
   */
  public ModelException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}

package dev.lakelens.shelf;

import dev.lakelens.model.ModelException;

/** A model cannot be taken from the shelf or brought there; the sentence says what helps. */
public final class ShelfException extends ModelException {

  /**
   * @param sentence names the thing that is wrong, and the remedy
   */
  public ShelfException(String sentence) {
    super(sentence);
  }

  /**
   * @param sentence names the thing that is wrong, and the remedy
   * @param cause what the file system or the network threw
   */
  public ShelfException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}

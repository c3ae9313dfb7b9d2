package dev.lakelens.models;

import dev.lakelens.model.ModelException;

/** No model has the name that was asked for. */
public final class UnknownModelException extends ModelException {
  /**
   * @param remedy in sentences
   */
  UnknownModelException(String name, String remedy) {
    super(
        ("There is no model %s: it is no file, and no name in the jar, on the shelf or in the"
                + " catalogue. %s")
            .formatted(name, remedy));
  }
}

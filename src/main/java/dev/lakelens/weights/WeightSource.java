package dev.lakelens.weights;

import dev.lakelens.model.ModelException;

/**
 * A weight file, for the sentences about it.
 *
 * @param name path of the file, or another name that the user knows
 * @param kind what the file should be, such as "a safetensors file"
 */
record WeightSource(String name, String kind) {

  /**
   * @param fault a format, finished by the arguments where the rule is broken
   * @throws ModelException unless the rule holds
   */
  void require(boolean rule, String fault, Object... arguments) {
    if (!rule) {
      throw damaged(fault, arguments);
    }
  }

  /** The file is damaged or lies about itself. */
  ModelException damaged(String fault, Object... arguments) {
    return new ModelException(sentence(formatted(fault, arguments)));
  }

  /** A library found the damage. */
  ModelException damaged(Throwable cause, String fault) {
    return new ModelException(sentence(fault), cause);
  }

  /** The file may be sound, and is still not read. */
  ModelException refused(String predicate, Object... arguments) {
    return new ModelException(name + " " + formatted(predicate, arguments));
  }

  private static String formatted(String format, Object[] arguments) {
    return format.formatted(arguments);
  }

  private String sentence(String fault) {
    return "%s is not %s that can be read: %s".formatted(name, kind, fault);
  }
}

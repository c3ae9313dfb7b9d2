package dev.lakelens.shelf;

/** A file is not the one that the catalogue says. */
final class WrongFileException extends Exception {

  /**
   * @param clause what is wrong with it, to follow a colon
   */
  WrongFileException(String clause) {
    super(clause);
  }

  WrongFileException(String clause, Throwable cause) {
    super(clause, cause);
  }
}

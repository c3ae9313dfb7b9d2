package dev.lakelens.shelf;

/** A file is not the one that was pinned. */
final class DigestMismatchException extends Exception {

  /**
   * @param predicate both digests; the file is the sentence's subject
   */
  DigestMismatchException(String predicate) {
    super(predicate);
  }
}

package dev.lakelens.shelf;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;

/** What an input or output error says to a person. */
final class ErrorText {
  private static final Pattern CLASS =
      Pattern.compile("\\b([a-z][a-z0-9]*\\.)+[A-Z]\\w*(Exception|Error)(: ?)?");

  private ErrorText() {}

  /** The reason, to stand in brackets. */
  static String of(Exception error) {
    if (error instanceof NoSuchFileException missing) {
      return "there is no " + missing.getFile();
    }
    if (error instanceof AccessDeniedException denied) {
      return "the right to %s is missing".formatted(denied.getFile());
    }
    if (error instanceof FileAlreadyExistsException other) {
      return other.getFile() + " is in the way";
    }
    if (error instanceof FileSystemException other && other.getReason() != null) {
      return other.getFile() + ": " + other.getReason();
    }
    return error.getMessage() == null
        ? "no reason is given"
        : CLASS.matcher(error.getMessage()).replaceAll("");
  }
}

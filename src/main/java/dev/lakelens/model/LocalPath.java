package dev.lakelens.model;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells paths of this machine from those of other file systems, as people write both. */
public final class LocalPath {
  private static final String LOCAL = "file:";

  /** A scheme has two letters at least: {@code a:/b} is in a directory {@code a:}. */
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

  private LocalPath() {}

  /**
   * The path that a text stands for, with {@code file:} before it or not.
   *
   * @return empty where it is on another file system, such as {@code s3a://lake/models}
   */
  public static Optional<Path> of(String text) {
    if (text.startsWith(LOCAL + "/")) {
      return Optional.of(Path.of(text.substring(LOCAL.length())));
    }
    return URI.matcher(text).matches() ? Optional.empty() : Optional.of(Path.of(text));
  }
}

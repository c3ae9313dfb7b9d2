package dev.lakelens.shelf;

import java.nio.file.Path;
import java.util.Map;

/**
 * The directory {@code lakelens} in a user's cache.
 *
 * @param directory made when something comes
 */
public record UserCache(Path directory) {

  /**
   * In {@code XDG_CACHE_HOME}, or in {@code .cache} of the home directory.
   *
   * @param environment of the process
   * @param home directory of the user
   */
  public static UserCache of(Map<String, String> environment, Path home) {
    Path cache = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    // the XDG specification: a relative path is invalid and to be ignored
    return new UserCache((cache.isAbsolute() ? cache : home.resolve(".cache")).resolve("lakelens"));
  }

  /** The shelf, unless a person says another. */
  public Path models() {
    return directory.resolve("models");
  }

  /** What was brought from shelves of other machines; may be removed at any time. */
  Path shelves() {
    return directory.resolve("shelves");
  }
}

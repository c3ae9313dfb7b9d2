package dev.lakelens.models;

import dev.lakelens.shelf.Shelf;
import dev.lakelens.shelf.UserCache;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;

/** Shelves for tests of models. */
final class Shelves {
  private Shelves() {}

  static Shelf at(Path directory) {
    UserCache cache = new UserCache(directory.resolveSibling("cache"));
    return Shelf.at(directory.toString(), cache, Configuration::new, new CatalogueCheck());
  }
}

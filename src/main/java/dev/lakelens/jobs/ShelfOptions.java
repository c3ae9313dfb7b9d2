package dev.lakelens.jobs;

import dev.lakelens.models.CatalogueCheck;
import dev.lakelens.models.ModelFinder;
import dev.lakelens.shelf.Fetcher;
import dev.lakelens.shelf.Shelf;
import dev.lakelens.shelf.UserCache;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where fetched models are, and whether more may come. */
final class ShelfOptions {
  @Option(
      names = "--models-dir",
      paramLabel = "DIR",
      description = {
        "Shelf of fetched models, here or on any Hadoop file system such as",
        "s3a://lake/models (default: lakelens/models in the user's cache)."
      })
  private String directory; // null for the default

  @Option(names = "--offline", description = "Fetch nothing that is not on the shelf.")
  private boolean offline;

  @Mixin private ConfOptions conf;

  /** To be closed. */
  Shelf shelf() {
    UserCache cache = UserCache.of(System.getenv(), Path.of(System.getProperty("user.home")));
    String location = directory == null ? cache.models().toString() : directory;
    return Shelf.at(location, cache, conf::hadoop, new CatalogueCheck());
  }

  /** Finds something, and tells on standard error what a person should know of it. */
  <T> T search(Function<ModelFinder, T> search) {
    try (Shelf shelf = shelf()) {
      return search.apply(
          new ModelFinder(
              shelf,
              fetcher(),
              new FetchLine(System.err),
              note -> System.err.println("note: " + note)));
    }
  }

  Fetcher fetcher() {
    return new Fetcher(System.getenv(), offline);
  }

  ConfOptions conf() {
    return conf;
  }
}

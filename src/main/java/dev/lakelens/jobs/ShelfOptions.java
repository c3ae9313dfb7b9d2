package dev.lakelens.jobs;

import dev.lakelens.models.CheckpointInspection;
import dev.lakelens.shelf.Fetcher;
import dev.lakelens.shelf.Shelf;
import dev.lakelens.shelf.UserCache;
import java.nio.file.Path;
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

  Shelf shelf() {
    UserCache cache = UserCache.of(System.getenv(), Path.of(System.getProperty("user.home")));
    String location = directory == null ? cache.models().toString() : directory;
    return Shelf.at(location, cache, conf::hadoop, new CheckpointInspection());
  }

  Fetcher fetcher() {
    return new Fetcher(System.getenv(), offline);
  }

  ConfOptions conf() {
    return conf;
  }
}

package dev.lakelens.jobs;

import dev.lakelens.models.CheckpointInspection;
import dev.lakelens.shelf.Fetcher;
import dev.lakelens.shelf.Shelf;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where fetched models are, and whether more may come. */
final class ShelfOptions {
  @Option(
      names = "--models-dir",
      paramLabel = "DIR",
      description = "Shelf of fetched models (default: lakelens/models in the user's cache).")
  private Path directory;

  @Option(names = "--offline", description = "Fetch nothing.")
  private boolean offline;

  Shelf shelf() {
    return new Shelf(
        directory == null
            ? Shelf.defaultRoot(System.getenv(), Path.of(System.getProperty("user.home")))
            : directory,
        new CheckpointInspection());
  }

  Fetcher fetcher() {
    return new Fetcher(System.getenv(), offline);
  }
}

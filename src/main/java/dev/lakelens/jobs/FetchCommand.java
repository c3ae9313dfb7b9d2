package dev.lakelens.jobs;

import dev.lakelens.shelf.Catalogue;
import dev.lakelens.shelf.CatalogueEntry;
import dev.lakelens.shelf.Fetcher;
import dev.lakelens.shelf.Shelf;
import dev.lakelens.shelf.ShelvedModel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jobs/model fetch}: a public checkpoint to the shelf. */
@Command(
    name = "fetch",
    description = {
      "Brings a public checkpoint to the shelf, whole or not at all; one that broke off goes on.",
      "HF_ENDPOINT, HF_TOKEN, HF_HUB_OFFLINE, HTTPS_PROXY and NO_PROXY are followed."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class FetchCommand implements Callable<Integer>, Breakable {
  @Parameters(paramLabel = "NAME", description = "Name of the catalogue; see jobs/model list.")
  private String name;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Take the published file from here instead of the network.")
  private Path file;

  @Option(names = "--replace", description = "Put it in the place of what is on the shelf.")
  private boolean replace;

  @Mixin private ShelfOptions options;

  @Override
  public String whereItBreaksOff() {
    return "Fetching again goes on.";
  }

  @Override
  public Integer call() {
    CatalogueEntry entry = Catalogue.load().named(name);
    try (Shelf shelf = options.shelf()) {
      ShelvedModel model = file == null ? fetched(entry, shelf) : copied(entry, shelf);
      System.out.printf("%s/%s%nsha256 %s%n", shelf.location(), name, model.sha256());
      return ExitCode.DONE;
    }
  }

  private ShelvedModel fetched(CatalogueEntry entry, Shelf shelf) {
    Fetcher fetcher = options.fetcher();
    FetchLine line = new FetchLine(System.err);
    return replace ? fetcher.replace(entry, shelf, line) : fetcher.fetch(entry, shelf, line);
  }

  private ShelvedModel copied(CatalogueEntry entry, Shelf shelf) {
    return replace ? shelf.replace(entry, file) : shelf.add(entry, file);
  }
}

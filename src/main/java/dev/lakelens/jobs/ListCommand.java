package dev.lakelens.jobs;

import dev.lakelens.model.ModelCard;
import dev.lakelens.models.Models;
import dev.lakelens.shelf.Catalogue;
import dev.lakelens.shelf.CatalogueEntry;
import dev.lakelens.shelf.Shelf;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code jobs/model list}: what {@code --model} takes by name. */
@Command(
    name = "list",
    description = "Lists the models in the jar, on the shelf and in the catalogue.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  @Mixin private ShelfOptions options;

  @Override
  public Integer call() {
    Shelf shelf = options.shelf();
    Set<String> here = new HashSet<>();
    for (String name : Models.names()) {
      line("in the jar", Models.card(name));
    }
    for (ModelCard card : shelf.list()) {
      here.add(card.name());
      line("on the shelf", card);
    }
    for (CatalogueEntry entry : Catalogue.load().entries()) {
      if (!here.contains(entry.name())) {
        line("to fetch", entry.card());
      }
    }
    System.err.printf("The shelf is %s%n", shelf.root());
    return ExitCode.DONE;
  }

  private static void line(String where, ModelCard card) {
    System.out.printf(
        Locale.ROOT,
        "%-44s %-6s %4d px  %-20s %s%n",
        card.name(),
        card.architecture(),
        card.preprocessing().inputSize(),
        card.weights().family(),
        where);
  }
}

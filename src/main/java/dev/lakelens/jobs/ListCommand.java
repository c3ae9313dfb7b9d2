package dev.lakelens.jobs;

import dev.lakelens.model.ModelCard;
import dev.lakelens.models.Models;
import dev.lakelens.shelf.Catalogue;
import dev.lakelens.shelf.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
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

  /** A model and where it is. */
  private record Line(ModelCard card, String where) {
    String family() {
      return card.weights().family();
    }
  }

  @Override
  public Integer call() {
    try (Shelf shelf = options.shelf()) {
      print(lines(shelf.list()));
      System.err.printf("The shelf is %s%n", shelf.location());
      return ExitCode.DONE;
    }
  }

  private static void print(List<Line> lines) {
    int name = width(lines, line -> line.card().name());
    int family = width(lines, Line::family);
    String format = "%-" + name + "s  %-5s  %4d px  %-" + family + "s  %s%n";
    for (Line line : lines) {
      System.out.printf(
          Locale.ROOT,
          format,
          line.card().name(),
          line.card().architecture().name(),
          line.card().preprocessing().inputSize(),
          line.family(),
          line.where());
    }
  }

  private static List<Line> lines(List<ModelCard> shelved) {
    List<Line> lines = new ArrayList<>();
    Models.names().forEach(name -> lines.add(new Line(Models.card(name), "in the jar")));
    shelved.forEach(card -> lines.add(new Line(card, "on the shelf")));
    Set<String> here = shelved.stream().map(ModelCard::name).collect(Collectors.toSet());
    Catalogue.load().entries().stream()
        .filter(entry -> !here.contains(entry.name()))
        .forEach(entry -> lines.add(new Line(entry.card(), "to fetch")));
    return lines;
  }

  private static int width(List<Line> lines, Function<Line, String> column) {
    return lines.stream().map(column).mapToInt(String::length).max().orElse(1);
  }
}

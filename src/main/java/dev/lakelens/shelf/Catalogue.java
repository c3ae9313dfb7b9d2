package dev.lakelens.shelf;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The public checkpoints that Lakelens knows by name. */
public final class Catalogue {
  private static final String RESOURCE = "/shelf/catalogue.json";

  private final Map<String, CatalogueEntry> entries; // by name, sorted

  Catalogue(List<CatalogueEntry> entries) {
    this.entries =
        entries.stream()
            .collect(
                Collectors.toMap(
                    CatalogueEntry::name, Function.identity(), Catalogue::refuse, TreeMap::new));
  }

  /** The catalogue in the jar. */
  public static Catalogue load() {
    return CatalogueJson.read(RESOURCE);
  }

  /** Every checkpoint, by name. */
  public List<CatalogueEntry> entries() {
    return List.copyOf(entries.values());
  }

  /** Whether there is a checkpoint of a name. */
  public boolean knows(String name) {
    return entries.containsKey(name);
  }

  /**
   * The checkpoint of a name.
   *
   * @throws ShelfException for any other name; its sentence says what to do
   */
  public CatalogueEntry named(String name) {
    if (!entries.containsKey(name)) {
      throw new ShelfException("The catalogue has no model %s. %s".formatted(name, remedy(name)));
    }
    return entries.get(name);
  }

  /** What to do about a name that is not here, in sentences. */
  public String remedy(String name) {
    List<String> near = NearNames.of(name, entries());
    String guess = near.isEmpty() ? "" : "Is it %s? ".formatted(String.join(" or ", near));
    return guess + "jobs/model list shows the names";
  }

  private static CatalogueEntry refuse(CatalogueEntry one, CatalogueEntry other) {
    throw new IllegalArgumentException("The catalogue has two models " + one.name());
  }
}

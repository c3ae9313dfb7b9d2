package dev.lakelens.shelf;

import java.util.List;
import java.util.Locale;

/** Names in the catalogue that a person may have meant. */
final class NearNames {
  private static final int LISTED = 3;

  /** Of a name's letters, one in so many may be wrong. */
  private static final int LETTERS_A_FAULT = 4;

  private NearNames() {}

  /** The nearest, at most three; none where all are far. */
  static List<String> of(String name, List<CatalogueEntry> entries) {
    int far = name.length() / LETTERS_A_FAULT;
    int nearest = entries.stream().mapToInt(entry -> distance(name, entry)).min().orElse(far + 1);
    return entries.stream()
        .filter(entry -> nearest <= far && distance(name, entry) == nearest)
        .map(CatalogueEntry::name)
        .limit(LISTED)
        .toList();
  }

  /** 0 for the repository that an entry is in, and for a part of its name. */
  private static int distance(String name, CatalogueEntry entry) {
    boolean repository = entry.url().getPath().startsWith("/" + name + "/");
    String wanted = folded(name);
    String known = folded(entry.name());
    return repository || known.contains(wanted) ? 0 : edits(wanted, known);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[/_]", "-");
  }

  /** Levenshtein's distance: letters put in, taken out or replaced. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}

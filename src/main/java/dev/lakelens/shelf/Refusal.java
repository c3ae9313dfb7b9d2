package dev.lakelens.shelf;

import java.net.URI;

/** Sentences for answers that another attempt would not change. */
final class Refusal {
  private Refusal() {}

  /** What a status means for a file. */
  static ShelfException of(Answer answer, CatalogueEntry entry, FetchSettings settings) {
    String name = entry.name();
    String host = answer.host();
    return new ShelfException(
        switch (answer.status()) {
          case 401, 403 ->
              "%s does not give %s (%d); %s"
                  .formatted(
                      host, name, answer.status(), access(answer.response().uri(), settings));
          case 404, 410 ->
              "%s has no file at %s (%d); its publisher has moved it: download it from where it is now and give it to jobs/model fetch with --file"
                  .formatted(host, settings.address(entry.url()), answer.status());
          case 407 ->
              "The proxy on the way to %s wants a user (407); download %s elsewhere and give it to jobs/model fetch with --file"
                  .formatted(host, name);
          default ->
              "%s answers %d for %s; download %s elsewhere and give it to jobs/model fetch with --file"
                  .formatted(host, answer.status(), name, entry.url());
        });
  }

  static ShelfException webPage(Answer answer, CatalogueEntry entry) {
    return new ShelfException(
        "%s sends a web page in place of %s; log in where the network wants it, or download %s"
                .formatted(answer.host(), entry.name(), entry.url())
            + " elsewhere and give it to jobs/model fetch with --file");
  }

  static ShelfException noLength(Answer answer, CatalogueEntry entry) {
    return new ShelfException(
        "%s does not say how long the file of %s is, so half of it could pass for all; download %s"
                .formatted(answer.host(), entry.name(), entry.url())
            + " elsewhere and give it to jobs/model fetch with --file");
  }

  static ShelfException tooLarge(Answer answer, CatalogueEntry entry, long total) {
    return new ShelfException(
        "%s has %d bytes for %s, which has at most %d; it is another file: see whether %s is right"
            .formatted(answer.host(), total, entry.name(), entry.maxBytes(), entry.url()));
  }

  static ShelfException noRoom(CatalogueEntry entry, Shelf shelf, long missing, long room) {
    return new ShelfException(
        "%s needs %d more bytes, and %s has room for %d; make room, or choose another directory with"
                .formatted(entry.name(), missing, shelf.fetching(), room)
            + " --models-dir or XDG_CACHE_HOME");
  }

  private static String access(URI asked, FetchSettings settings) {
    if (!settings.isHub(asked)) {
      return "download it elsewhere and give it to jobs/model fetch with --file";
    }
    return settings.token().isPresent()
        ? "the token in HF_TOKEN may not read it: take one that may"
        : "set HF_TOKEN to a token that may read it";
  }
}

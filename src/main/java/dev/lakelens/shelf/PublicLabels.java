package dev.lakelens.shelf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The class names of every checkpoint in the catalogue: ImageNet-1k's, in order of synsets. */
final class PublicLabels {
  static final String FILE = "imagenet1k.txt";

  private static final String RESOURCE = "/models/efficientnet-lite0/" + FILE;

  private PublicLabels() {}

  /** Lays a copy beside a card. */
  static void copyTo(Path directory) throws IOException {
    try (InputStream in = PublicLabels.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + RESOURCE);
      }
      Files.copy(in, directory.resolve(FILE));
    }
  }
}

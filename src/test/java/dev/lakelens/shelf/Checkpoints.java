package dev.lakelens.shelf;

import dev.lakelens.model.ModelException;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A checkpoint of random bytes, the settings to fetch it with, and what a shelf may look like. */
final class Checkpoints {
  static final String NAME = "efficientnet_b0.ra_in1k";
  static final byte[] FILE = random(300_000, 1);
  static final byte[] OTHER_FILE = random(310_000, 2);
  static final int ATTEMPTS = 3;

  /** Random bytes are no checkpoint. */
  static final FileCheck TAKE_ALL = (entry, file) -> {};

  static final FileCheck REFUSE_ALL =
      (entry, file) -> {
        throw new ModelException(file + " is none");
      };

  private static final CatalogueEntry PUBLISHED = Catalogue.load().named(NAME);

  private Checkpoints() {}

  static CatalogueEntry at(URI address) {
    return pinned(address, Pin.NONE);
  }

  static CatalogueEntry pinned(URI address, Pin pin) {
    return new CatalogueEntry(PUBLISHED.card(), address, pin, 1000);
  }

  static FetchSettings settings(URI hub, Token token) {
    return new FetchSettings(
        hub,
        token,
        false,
        ProxySelector.of(null), // none
        Duration.ofSeconds(20),
        Duration.ofSeconds(20),
        ATTEMPTS,
        Duration.ofMinutes(2));
  }

  static FetchSettings settings() {
    return settings(URI.create("https://hub.example"), Token.NONE);
  }

  static String hex(byte[] bytes, String algorithm) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a person sees in the shelf's directory: names of whole models. */
  static List<String> names(Path root) throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(root)) {
      return paths
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.equals(".fetching"))
          .sorted()
          .toList();
    }
  }

  private static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}

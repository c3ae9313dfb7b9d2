package dev.lakelens.shelf;

import java.net.URI;
import java.util.Locale;

/** Scheme, host and port: what a secret is for. */
record Origin(String scheme, String host, int port) {

  static Origin of(URI address) {
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
    return new Origin(scheme, address.getHost().toLowerCase(Locale.ROOT), port);
  }

  /** Has a host, and a scheme that can be fetched. */
  static boolean isWeb(URI address) {
    return address.getHost() != null
        && ("https".equalsIgnoreCase(address.getScheme())
            || "http".equalsIgnoreCase(address.getScheme()));
  }
}

package dev.lakelens.shelf;

import static java.util.Objects.requireNonNull;

import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How files are fetched.
 *
 * @param hub base address of the Hugging Face hub, or of a mirror of it
 * @param token for the hub, sent to no other host
 * @param offline nothing may be fetched
 * @param proxies to the outside
 * @param connectTimeout of a connection
 * @param silence that ends an attempt, from the request or the last byte on
 * @param attempts of one fetch, at least 1
 * @param longestPause that a server may ask for; where it asks for more, the fetch fails
 */
record FetchSettings(
    URI hub,
    Token token,
    boolean offline,
    ProxySelector proxies,
    Duration connectTimeout,
    Duration silence,
    int attempts,
    Duration longestPause) {
  private static final String PUBLIC_HUB = "https://huggingface.co";
  private static final Set<String> TRUE = Set.of("1", "on", "yes", "true");

  FetchSettings {
    requireNonNull(hub, "hub is null");
    requireNonNull(token, "token is null");
    requireNonNull(proxies, "proxies is null");
    requireNonNull(connectTimeout, "connectTimeout is null");
    requireNonNull(silence, "silence is null");
    requireNonNull(longestPause, "longestPause is null");
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1, and is " + attempts);
    }
  }

  /**
   * The settings of an environment.
   *
   * @throws ShelfException where a variable's value is none
   */
  static FetchSettings of(Map<String, String> environment) {
    return new FetchSettings(
        hub(environment.getOrDefault("HF_ENDPOINT", "")),
        new Token(environment.getOrDefault("HF_TOKEN", "").strip()),
        TRUE.contains(environment.getOrDefault("HF_HUB_OFFLINE", "").toLowerCase(Locale.ROOT)),
        EnvironmentProxies.of(environment),
        Duration.ofSeconds(15),
        Duration.ofSeconds(60),
        5,
        Duration.ofMinutes(2));
  }

  /** The same, and nothing may be fetched. */
  FetchSettings withoutNetwork() {
    return new FetchSettings(
        hub, token, true, proxies, connectTimeout, silence, attempts, longestPause);
  }

  /** Where a file is fetched: the hub's files come from the hub of these settings. */
  URI address(URI published) {
    String url = published.toString();
    return url.startsWith(PUBLIC_HUB + "/")
        ? URI.create(hub + url.substring(PUBLIC_HUB.length()))
        : published;
  }

  /** The hub gets the token; its host on another port or scheme does not. */
  boolean isHub(URI address) {
    return Origin.of(address).equals(Origin.of(hub));
  }

  private static URI hub(String endpoint) {
    String text = endpoint.isBlank() ? PUBLIC_HUB : endpoint.strip().replaceAll("/+$", "");
    try {
      URI hub = URI.create(text);
      if (Origin.isWeb(hub) && hub.getRawUserInfo() == null) {
        return hub;
      }
    } catch (IllegalArgumentException e) {
      throw noHub(e);
    }
    throw noHub(null);
  }

  private static ShelfException noHub(Throwable cause) {
    return new ShelfException(
        "HF_ENDPOINT must be the hub's address, such as %s, without a user".formatted(PUBLIC_HUB),
        cause);
  }
}

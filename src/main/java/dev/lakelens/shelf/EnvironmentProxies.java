package dev.lakelens.shelf;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The proxies of {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY},
 * in capitals or not. Where these name none, Java's own settings hold.
 */
final class EnvironmentProxies extends ProxySelector {
  private final Map<String, String> environment;
  private final List<String> direct; // hosts, domains, host:port, or "*"

  private EnvironmentProxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.direct =
        Arrays.stream(variable("NO_PROXY").split("[,\\s]+"))
            .map(host -> host.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
            .filter(host -> !host.isEmpty())
            .toList();
  }

  static ProxySelector of(Map<String, String> environment) {
    EnvironmentProxies proxies = new EnvironmentProxies(environment);
    boolean none = proxies.proxy("https").isEmpty() && proxies.proxy("http").isEmpty();
    boolean java = System.getProperty("https.proxyHost") != null;
    return none || java ? ProxySelector.getDefault() : proxies;
  }

  @Override
  public List<Proxy> select(URI address) {
    String proxy = proxy(address.getScheme());
    if (proxy.isEmpty() || isDirect(address)) {
      return List.of(Proxy.NO_PROXY);
    }
    return List.of(new Proxy(Proxy.Type.HTTP, socket(proxy)));
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException e) {
    // the request fails and says so
  }

  private boolean isDirect(URI address) {
    Origin origin = Origin.of(address);
    return direct.stream()
        .anyMatch(
            entry ->
                entry.equals("*")
                    || entry.equals(origin.host())
                    || entry.equals(origin.host() + ":" + origin.port())
                    || origin.host().endsWith("." + entry));
  }

  private String proxy(String scheme) {
    String proxy = variable(scheme.toUpperCase(Locale.ROOT) + "_PROXY");
    return proxy.isEmpty() ? variable("ALL_PROXY") : proxy;
  }

  private String variable(String name) {
    String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    return (lower.isBlank() ? environment.getOrDefault(name, "") : lower).strip();
  }

  private static InetSocketAddress socket(String proxy) {
    try {
      URI address = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
      if (Origin.isWeb(address) && address.getRawUserInfo() == null) {
        return InetSocketAddress.createUnresolved(address.getHost(), Origin.of(address).port());
      }
    } catch (IllegalArgumentException e) {
      throw noProxy(e);
    }
    throw noProxy(null);
  }

  // the value may hold a password: it is not shown
  private static ShelfException noProxy(Throwable cause) {
    return new ShelfException(
        "HTTPS_PROXY must be an address such as http://proxy.example:3128, without a user; behind a"
            + " proxy that wants one, download the file elsewhere and give it to jobs/model fetch with --file",
        cause);
  }
}

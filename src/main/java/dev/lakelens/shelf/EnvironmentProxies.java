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
import java.util.stream.Stream;

/**
 * The proxies of {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY},
 * in capitals or not. Where these name none, or where {@code -Dhttps.proxyHost} is given, Java's
 * own settings hold.
 */
final class EnvironmentProxies extends ProxySelector {
  private final Map<String, String> environment;
  private final List<String> direct; // hosts, domains, host:port, or "*"

  private EnvironmentProxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.direct =
        Arrays.stream(value(first("NO_PROXY")).split("[,\\s]+"))
            .map(host -> host.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
            .filter(host -> !host.isEmpty())
            .toList();
  }

  static ProxySelector of(Map<String, String> environment) {
    EnvironmentProxies proxies = new EnvironmentProxies(environment);
    boolean none = proxies.variable("https").isEmpty() && proxies.variable("http").isEmpty();
    boolean java = System.getProperty("https.proxyHost") != null;
    return none || java ? ProxySelector.getDefault() : proxies;
  }

  @Override
  public List<Proxy> select(URI address) {
    String variable = variable(address.getScheme());
    if (variable.isEmpty() || isDirect(address)) {
      return List.of(Proxy.NO_PROXY);
    }
    return List.of(new Proxy(Proxy.Type.HTTP, socket(variable, value(variable))));
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

  /** The variable that names the proxy of a scheme; empty where none does. */
  private String variable(String scheme) {
    return first(scheme.toUpperCase(Locale.ROOT) + "_PROXY", "ALL_PROXY");
  }

  /** The first variable that says something, in small letters before capitals. */
  private String first(String... names) {
    return Arrays.stream(names)
        .flatMap(name -> Stream.of(name.toLowerCase(Locale.ROOT), name))
        .filter(name -> !value(name).isEmpty())
        .findFirst()
        .orElse("");
  }

  private String value(String variable) {
    return environment.getOrDefault(variable, "").strip();
  }

  private static InetSocketAddress socket(String variable, String proxy) {
    try {
      URI address = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
      if (Origin.isWeb(address) && address.getRawUserInfo() == null) {
        return InetSocketAddress.createUnresolved(address.getHost(), Origin.of(address).port());
      }
    } catch (IllegalArgumentException e) {
      throw noProxy(variable, e);
    }
    throw noProxy(variable, null);
  }

  // the value may hold a password: it is not shown
  private static ShelfException noProxy(String variable, Throwable cause) {
    return new ShelfException(
        "%s must be an address such as http://proxy.example:3128, without a user; behind a proxy that wants one, download the file elsewhere and give it to jobs/model fetch with --file"
            .formatted(variable),
        cause);
  }
}

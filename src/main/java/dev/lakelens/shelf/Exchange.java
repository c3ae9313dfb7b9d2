package dev.lakelens.shelf;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** One request and the redirects that it meets. */
final class Exchange {
  private static final int MOST_REDIRECTS = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final FetchSettings settings;
  private final HttpClient client;

  Exchange(FetchSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER) // it would send the token along
            .connectTimeout(settings.connectTimeout())
            .proxy(settings.proxies())
            .build();
  }

  /**
   * Asks for a file, or for what is missing of it.
   *
   * @param from first byte to ask for
   * @param tag entity tag of the file whose bytes before {@code from} are here
   * @return the first answer that is no redirect; its body is to be closed
   * @throws ShelfException where no host is reached, or redirects go nowhere
   * @throws IOException where an answer broke off
   */
  HttpResponse<InputStream> get(URI address, long from, String tag)
      throws IOException, InterruptedException {
    URI hop = address;
    for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
      HttpResponse<InputStream> response = send(request(hop, from, tag), hop);
      if (!REDIRECTS.contains(response.statusCode())) {
        return response;
      }
      response.body().close();
      hop = target(response);
    }
    throw new ShelfException(
        "%s redirects more than %d times; is it the right address, or does a proxy stand between?"
            .formatted(address, MOST_REDIRECTS));
  }

  /** Where a redirect leads. */
  static URI target(HttpResponse<?> response) {
    String location = response.headers().firstValue("Location").orElse("");
    URI from = response.uri();
    try {
      return target(from, URI.create(location));
    } catch (IllegalArgumentException e) {
      throw new ShelfException(
          "%s redirects to %s, which is no address".formatted(from.getHost(), location), e);
    }
  }

  static URI target(URI from, URI location) {
    URI target = from.resolve(location);
    if (location.toString().isEmpty() || !Origin.isWeb(target)) {
      throw new IllegalArgumentException("no address to fetch from");
    }
    if (from.getScheme().equalsIgnoreCase("https") && !target.getScheme().equals("https")) {
      throw new ShelfException(
          "%s redirects to %s, without encryption; Lakelens does not follow it: download the file"
                  .formatted(from.getHost(), target.getHost())
              + " elsewhere and give it to jobs/model fetch with --file");
    }
    return target;
  }

  private HttpRequest request(URI address, long from, String tag) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(settings.silence())
            .header("User-Agent", "lakelens")
            .header("Accept-Encoding", "identity");
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
      request.header("If-Range", tag);
    }
    if (settings.token().isPresent() && settings.isHub(address)) {
      request.header("Authorization", "Bearer " + settings.token().value());
    }
    return request.build();
  }

  private HttpResponse<InputStream> send(HttpRequest request, URI address)
      throws IOException, InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new ShelfException(
          "%s cannot be reached; is there a network, or a proxy to name in HTTPS_PROXY? Without"
                  .formatted(address.getAuthority())
              + " either, download the file elsewhere and give it to jobs/model fetch with --file",
          e);
    } catch (SSLException e) {
      if (!isOfCertificates(e)) {
        throw e;
      }
      throw new ShelfException(
          "%s has no certificate that Java trusts (%s); where a proxy replaces certificates, name"
                  .formatted(address.getHost(), e.getMessage())
              + " its own with -Djavax.net.ssl.trustStore",
          e);
    }
  }

  private static boolean isOfCertificates(SSLException failure) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(CertificateException.class::isInstance);
  }
}

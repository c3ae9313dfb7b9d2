package dev.lakelens.shelf;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the headers of an answer with bytes of a file say. */
record Answer(HttpResponse<InputStream> response) {
  static final int WHOLE = 200;
  static final int PART = 206;

  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");

  int status() {
    return response.statusCode();
  }

  String host() {
    return response.uri().getAuthority();
  }

  /** First byte of those that come; empty where the answer is a part and does not say. */
  OptionalLong first() {
    return status() == WHOLE ? OptionalLong.of(0) : range(1);
  }

  /** Bytes of the whole file; empty where the answer does not say. */
  OptionalLong total() {
    return status() == WHOLE ? response.headers().firstValueAsLong("Content-Length") : range(2);
  }

  /** Empty where there is none. */
  String tag() {
    return header("ETag");
  }

  String retryAfter() {
    return header("Retry-After");
  }

  /** A login page, or a proxy's: no weights are HTML. */
  boolean isWebPage() {
    return header("Content-Type").startsWith("text/html");
  }

  private OptionalLong range(int group) {
    Matcher range = RANGE.matcher(header("Content-Range"));
    return range.matches()
        ? OptionalLong.of(Long.parseLong(range.group(group)))
        : OptionalLong.empty();
  }

  private String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }
}

package dev.lakelens.shelf;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on the loopback that answers as it is told, in order; the last answer stays. */
final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<HttpHandler> answers = new ArrayDeque<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** A request as it came; empty texts where a header did not. */
  record Request(String path, String range, String ifRange, String authorization) {}

  FileServer(HttpHandler... answers) throws IOException {
    this.answers.addAll(List.of(answers));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Sends the file, or from where the client asks if the file is still the same. */
  static HttpHandler file(byte[] bytes, String tag) {
    return exchange -> {
      String range = header(exchange, "Range");
      boolean part = !range.isEmpty() && header(exchange, "If-Range").equals(tag);
      int from = part ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
      exchange.getResponseHeaders().set("ETag", tag);
      if (part) {
        String sent = "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length);
        exchange.getResponseHeaders().set("Content-Range", sent);
      }
      exchange.sendResponseHeaders(part ? 206 : 200, bytes.length - from);
      exchange.getResponseBody().write(bytes, from, bytes.length - from);
    };
  }

  /** Knows no ranges. */
  static HttpHandler wholeFile(byte[] bytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** Promises the file and breaks off after some bytes. */
  static HttpHandler cut(byte[] bytes, String tag, int after) {
    return exchange -> {
      exchange.getResponseHeaders().set("ETag", tag);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, after);
      exchange.getResponseBody().flush();
    };
  }

  /** Sends no body. */
  static HttpHandler status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  static HttpHandler status(int status, String header, String value) {
    return exchange -> {
      exchange.getResponseHeaders().set(header, value);
      exchange.sendResponseHeaders(status, -1);
    };
  }

  static HttpHandler redirect(String location) {
    return status(302, "Location", location);
  }

  URI address(String path) {
    return address("127.0.0.1", path);
  }

  URI address(String host, String path) {
    return URI.create("http://%s:%d%s".formatted(host, server.getAddress().getPort(), path));
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(
          new Request(
              exchange.getRequestURI().toString(),
              header(exchange, "Range"),
              header(exchange, "If-Range"),
              header(exchange, "Authorization")));
      next().handle(exchange);
    }
  }

  private synchronized HttpHandler next() {
    return answers.size() > 1 ? answers.remove() : answers.element();
  }

  private static String header(HttpExchange exchange, String name) {
    Headers headers = exchange.getRequestHeaders();
    return headers.containsKey(name) ? headers.getFirst(name) : "";
  }
}

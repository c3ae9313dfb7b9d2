package dev.lakelens.shelf;

import dev.lakelens.model.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Brings one file to its part, in attempts that go on where the last one broke off. */
final class Download {
  private static final int BUFFER = 1 << 16;
  private static final int UNSATISFIABLE = 416;
  private static final Set<Integer> BUSY = Set.of(408, 429, 500, 502, 503, 504);

  private final CatalogueEntry entry;
  private final Shelf shelf;
  private final PartFile part;
  private final FetchSettings settings;
  private final Exchange exchange;
  private final FetchListener listener;

  Download(
      CatalogueEntry entry,
      Shelf shelf,
      PartFile part,
      FetchSettings settings,
      FetchListener listener) {
    this.entry = entry;
    this.shelf = shelf;
    this.part = part;
    this.settings = settings;
    this.exchange = new Exchange(settings);
    this.listener = listener;
  }

  /**
   * Fetches until the part is the whole file.
   *
   * @throws ShelfException where that cannot be, or not in as many attempts
   * @throws IOException where the part cannot be written
   */
  void run(Waiting waiting) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        attempt();
        return;
      } catch (TransientFailure e) {
        waiting.pause(pause(attempt, e));
      }
    }
  }

  private Duration pause(int attempt, TransientFailure failure) throws IOException {
    if (attempt == settings.attempts()) {
      throw new ShelfException(
          "%s could not be fetched in %d attempts, for %s; fetch again later: %d bytes are here and stay"
              .formatted(entry.name(), attempt, failure.getMessage(), part.size()),
          failure);
    }
    Duration pause = failure.retryAfter().orElse(Duration.ofSeconds(1L << (attempt - 1)));
    if (pause.compareTo(settings.longestPause()) > 0) {
      throw new ShelfException(
          "%s could not be fetched, for %s; fetch again in %d seconds: %d bytes are here and stay"
              .formatted(entry.name(), failure.getMessage(), pause.toSeconds(), part.size()),
          failure);
    }
    return pause;
  }

  private void attempt() throws IOException, InterruptedException, TransientFailure {
    HttpResponse<InputStream> response = ask(part.size(), part.tag());
    try (InputStream body = response.body()) {
      Answer answer = new Answer(response);
      switch (answer.status()) {
        case Answer.WHOLE, Answer.PART -> receive(answer, body);
        case UNSATISFIABLE ->
            startAnew("%s has fewer bytes than are here".formatted(answer.host()));
        default -> throw refusal(answer);
      }
    }
  }

  private HttpResponse<InputStream> ask(long from, String tag)
      throws InterruptedException, TransientFailure {
    try {
      return exchange.get(settings.address(entry.url()), from, tag);
    } catch (IOException e) {
      throw new TransientFailure("no answer came (%s)".formatted(FileFault.of(e)), e);
    }
  }

  private ShelfException refusal(Answer answer) throws TransientFailure {
    if (BUSY.contains(answer.status())) {
      throw new TransientFailure(
          "%s answers %d".formatted(answer.host(), answer.status()),
          RetryAfter.of(answer.retryAfter(), Clock.systemUTC()));
    }
    return Refusal.of(answer, entry, settings);
  }

  private void startAnew(String clause) throws IOException, TransientFailure {
    part.delete();
    throw new TransientFailure(clause, Duration.ZERO);
  }

  private void receive(Answer answer, InputStream body) throws IOException, TransientFailure {
    if (answer.isWebPage()) {
      throw Refusal.webPage(answer, entry);
    }
    long total = answer.total().orElseThrow(() -> Refusal.noLength(answer, entry));
    long first = answer.first().orElse(0);
    if (answer.status() == Answer.PART && first != part.size()) {
      startAnew("%s sends other bytes than were asked for".formatted(answer.host()));
    }
    if (total > entry.maxBytes()) {
      throw Refusal.tooLarge(answer, entry, total);
    }
    if (first == 0) {
      part.delete();
    }
    if (total - first > part.room()) {
      throw Refusal.noRoom(entry, shelf, total - first, part.room());
    }
    try (FileChannel out = first == 0 ? part.restart(answer.tag()) : part.goOn()) {
      copy(body, answer.host(), out, first, total);
    }
  }

  private void copy(InputStream body, String host, FileChannel out, long first, long total)
      throws IOException, TransientFailure {
    byte[] buffer = new byte[BUFFER];
    long bytes = first;
    listener.received(bytes, total);
    try (StallGuard guard = new StallGuard(body, settings.silence())) {
      for (int n = read(body, buffer, guard); n >= 0; n = read(body, buffer, guard)) {
        if (n > total - bytes) {
          startAnew("%s sends more than the %d bytes that it says".formatted(host, total));
        }
        ByteBuffer piece = ByteBuffer.wrap(buffer, 0, n);
        while (piece.hasRemaining()) {
          out.write(piece);
        }
        bytes += n;
        guard.heard();
        listener.received(bytes, total);
      }
    }
    if (bytes != total) {
      throw new TransientFailure("%d of %d bytes came".formatted(bytes, total), Duration.ZERO);
    }
  }

  private int read(InputStream body, byte[] buffer, StallGuard guard) throws TransientFailure {
    try {
      int n = body.read(buffer);
      if (guard.stalled()) {
        throw new IOException("nothing came for %d s".formatted(settings.silence().toSeconds()));
      }
      return n;
    } catch (IOException e) {
      throw new TransientFailure("the connection broke (%s)".formatted(FileFault.of(e)), e);
    }
  }
}

package dev.lakelens.jobs;

import dev.lakelens.shelf.FetchListener;
import java.io.PrintStream;

/** How far a download is: a line for each tenth. */
final class FetchLine implements FetchListener {
  private final PrintStream out;
  private long tenths = -1;

  FetchLine(PrintStream out) {
    this.out = out;
  }

  @Override
  public void received(long bytes, long total) {
    long now = total == 0 ? 10 : bytes * 10 / total;
    if (now > tenths) {
      tenths = now;
      out.printf("fetched %,d of %,d bytes (%d %%)%n", bytes, total, now * 10);
    }
  }
}

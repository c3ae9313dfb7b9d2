package dev.lakelens.jobs;

import dev.lakelens.model.Counted;
import dev.lakelens.pipeline.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Progress for a person: one line that is written over on a terminal, one line each ten seconds
 * elsewhere.
 */
final class ProgressLine implements Consumer<Progress> {
  private static final double SECONDS_BETWEEN_LINES = 10;

  private final PrintStream out;
  private final boolean terminal = Boolean.getBoolean("lakelens.tty");
  private double lastSeconds;
  private boolean open;

  ProgressLine(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized void accept(Progress progress) {
    if (terminal) {
      out.print("\r" + text(progress) + "\u001B[K");
      open = true;
    } else if (progress.seconds() - lastSeconds >= SECONDS_BETWEEN_LINES) {
      out.println(text(progress));
      lastSeconds = progress.seconds();
    }
  }

  static String text(Progress progress) {
    String done =
        progress.total() > 0
            ? "%,d of %s".formatted(progress.done(), Counted.of(progress.total(), "image"))
            : Counted.of(progress.done(), "image");
    double remaining = progress.remainingSeconds();
    String eta = remaining > 0 ? ", %s to go".formatted(duration(Math.round(remaining))) : "";
    return String.format(Locale.ROOT, "%s, %.1f images/s%s", done, progress.rate(), eta);
  }

  private static String duration(long seconds) {
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** Leaves the line as it is, so that what follows begins a new one. */
  synchronized void end() {
    if (open) {
      out.println();
      open = false;
    }
  }
}

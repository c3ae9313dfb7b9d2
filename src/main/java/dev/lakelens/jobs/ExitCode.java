package dev.lakelens.jobs;

/** Exit codes of every command. */
final class ExitCode {
  /** Done. */
  static final int DONE = 0;

  /** Failed: a bug, or an exhausted machine. */
  static final int FAILED = 1;

  /** Wrong usage or set-up. */
  static final int USAGE = 2;

  /** Done, but too many images were rejected, or all were. */
  static final int REJECTED = 3;

  private ExitCode() {}
}

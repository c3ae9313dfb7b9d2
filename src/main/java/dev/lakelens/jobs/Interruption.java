package dev.lakelens.jobs;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Says that a signal ends a command, and keeps what follows off standard error: Spark is stopped
 * under its own threads, whose failures say nothing more.
 */
final class Interruption {
  private final String command;
  private volatile boolean running = true;

  private Interruption(String command) {
    this.command = command;
  }

  /**
   * Watches for the end of this JVM.
   *
   * @param command that runs now
   */
  static Interruption watch(String command) {
    Interruption interruption = new Interruption(command);
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::end));
    return interruption;
  }

  /** The command has run: what ends the JVM from now on is no interruption. */
  void over() {
    running = false;
  }

  private void end() {
    if (running) {
      String open = Boolean.getBoolean("lakelens.tty") ? "\n" : ""; // a line of progress
      System.err.printf(
          "%s%s: interrupted. What earlier runs committed is untouched.%n", open, command);
      Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
      OutputStream nowhere = OutputStream.nullOutputStream();
      System.setErr(new PrintStream(nowhere, false, StandardCharsets.UTF_8));
    }
  }
}

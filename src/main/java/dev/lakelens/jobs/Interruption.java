package dev.lakelens.jobs;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine;

/**
 * Says that a signal ends a command, and keeps what follows off standard error: Spark is stopped
 * under its own threads, whose failures say nothing more.
 */
final class Interruption {
  private volatile String sentence;
  private volatile boolean running = true;

  /**
   * @param command that begins
   */
  Interruption(String command) {
    this.sentence = command + ": interrupted.";
  }

  /** Watches for the end of this JVM. */
  void watch() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
  }

  /** A command runs from now on. */
  void runs(CommandLine command) {
    String interrupted = command.getCommandSpec().qualifiedName() + ": interrupted.";
    sentence =
        command.getCommand() instanceof Breakable breakable
            ? interrupted + " " + breakable.whereItBreaksOff()
            : interrupted;
  }

  /** What is said where this JVM ends now. */
  String sentence() {
    return sentence;
  }

  /** The command has run: what ends the JVM from now on is no interruption. */
  void over() {
    running = false;
  }

  private void end() {
    if (running) {
      String open = Boolean.getBoolean("lakelens.tty") ? "\n" : ""; // a line of progress
      System.err.printf("%s%s%n", open, sentence);
      Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
      OutputStream nowhere = OutputStream.nullOutputStream();
      System.setErr(new PrintStream(nowhere, false, StandardCharsets.UTF_8));
    }
  }
}

package dev.lakelens.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The archive of loaded classes, parsed and verified, that the JVM maps at its next start (JEP
 * 350). The JVM writes it when it ends, however that is; the launcher takes only one of a whole
 * run.
 */
final class ClassData {
  /** The archive that this JVM is going to write; unset where it writes none. */
  private static final String ARCHIVE = "lakelens.class-data";

  private ClassData() {}

  /** Tells the launcher that a whole run has loaded the classes. */
  static void keep() throws IOException {
    String archive = System.getProperty(ARCHIVE);
    if (archive != null) {
      System.err.println("Keeping the loaded classes for faster starts, once: some seconds.");
      Files.writeString(Path.of(archive + ".whole"), "");
    }
  }
}

package dev.lakelens.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that people write. */
final class TextFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF"; // of editors on Windows

  private TextFile() {}

  /** The text of a file in UTF-8, without a byte order mark. */
  static String read(Path file) throws IOException {
    String text = Files.readString(file);
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }
}

package dev.lakelens.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts beside a model: cards, configurations, labels. */
public final class TextFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF"; // of editors on Windows
  private static final int MAX_MEGABYTES = 16; // a config.json that names 21,841 classes has 2

  private TextFile() {}

  /**
   * The text of a file in UTF-8, without a byte order mark.
   *
   * @throws ModelException where it is larger than any such text
   */
  public static String read(Path file) throws IOException {
    int most = MAX_MEGABYTES << 20;
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(most + 1);
    }
    if (bytes.length > most) {
      throw new ModelException(
          "%s has over %d MB, and no card, config.json or list of labels has; put the right file there"
              .formatted(file, MAX_MEGABYTES));
    }
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }
}

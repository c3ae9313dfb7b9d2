package dev.lakelens.shelf;

import static java.util.Objects.requireNonNull;

import dev.lakelens.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is known of a file's digest before the file is here.
 *
 * @param algorithm of the digest
 * @param prefix first hex digits of the digest: all of them, the eight that PyTorch's hub writes
 *     into a file's name, or none. Eight digits tell a damaged file, not a forged one
 */
public record Pin(Algorithm algorithm, String prefix) {
  /** Nothing is known: the first file that comes is recorded. */
  public static final Pin NONE = new Pin(Algorithm.SHA256, "");

  /** Algorithms that publishers use. */
  public enum Algorithm {
    SHA256("SHA-256", 64),
    MD5("MD5", 32);

    private final String text;
    private final int digits;

    Algorithm(String text, int digits) {
      this.text = text;
      this.digits = digits;
    }
  }

  public Pin {
    requireNonNull(algorithm, "algorithm is null");
    if (!prefix.matches("[0-9a-f]{0," + algorithm.digits + "}")) {
      throw new IllegalArgumentException(
          "digest must be at most %d hex digits, and is %s".formatted(algorithm.digits, prefix));
    }
  }

  /** Every digit is known. */
  public boolean whole() {
    return prefix.length() == algorithm.digits;
  }

  /**
   * Compares a file with the pin.
   *
   * @throws WrongFileException where the file is another; its message has both digests
   */
  void check(Path file) throws IOException, WrongFileException {
    if (prefix.isEmpty()) {
      return;
    }
    String digest = algorithm == Algorithm.SHA256 ? Digest.of(file) : md5(file);
    if (!digest.startsWith(prefix)) {
      throw new WrongFileException(
          "it has %s %s, and should have %s%s"
              .formatted(algorithm.text, digest, prefix, whole() ? "" : "..."));
    }
  }

  private static String md5(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest md5 = MessageDigest.getInstance(Algorithm.MD5.text);
      new DigestInputStream(in, md5).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(md5.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    }
  }
}

package dev.lakelens.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, fed piece by piece. */
public final class Digest {
  private final MessageDigest sha256;

  public Digest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** The digest of a file, which may be larger than memory: 64 hex digits. */
  public static String of(Path file) throws IOException {
    Digest digest = new Digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest.sha256)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return digest.hex();
  }

  /** Adds the bytes of a text in UTF-8. */
  public Digest add(String text) {
    sha256.update(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Adds what remains in a buffer, whose position does not move. */
  public Digest add(ByteBuffer bytes) {
    sha256.update(bytes.duplicate());
    return this;
  }

  /** The digest of all that was added, 64 hex digits; starts anew. */
  public String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}

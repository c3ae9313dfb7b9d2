package dev.lakelens.decode;

import dev.lakelens.image.RejectedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The files under {@code src/test/resources/decode} and what Pillow makes of them. */
final class Fixtures {
  private Fixtures() {}

  /** An image, and its size and pixels as Pillow has them. */
  record Expected(String name, int width, int height, String sha256) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A JPEG, and its size and pixels as Pillow has them when it reduces while it decodes. */
  record Reduced(Expected image, int divisor) {
    @Override
    public String toString() {
      return image + " to 1/" + divisor;
    }
  }

  /** A file that is rejected. */
  record Bad(String name, String reason) {
    @Override
    public String toString() {
      return name + " is " + reason;
    }
  }

  /** A good file with a defect, and Pillow's verdict. */
  record Damaged(String source, String kind, int at, String verdict, String sha256) {
    byte[] bytes() {
      byte[] whole = good(source);
      return switch (kind) {
        case "cut" -> Arrays.copyOf(whole, at);
        case "flip" -> {
          whole[at] ^= (byte) (1 << at % 8);
          yield whole;
        }
        case "zeros" -> {
          Arrays.fill(whole, at, whole.length, (byte) 0);
          yield whole;
        }
        case "hole" -> {
          byte[] rest = Arrays.copyOf(whole, whole.length - 16);
          System.arraycopy(whole, at + 16, rest, at, rest.length - at);
          yield rest;
        }
        default -> throw new IllegalArgumentException(kind);
      };
    }

    @Override
    public String toString() {
      return "%s, %s at %d".formatted(source, kind, at);
    }
  }

  static List<Expected> good() {
    return expected("good/expected.csv");
  }

  static List<Expected> transposed() {
    return expected("good/transposed.csv");
  }

  static List<Reduced> reduced() {
    return rows("good/reduced.csv").stream()
        .map(
            row ->
                new Reduced(
                    new Expected(
                        row[0], Integer.parseInt(row[2]), Integer.parseInt(row[3]), row[4]),
                    Integer.parseInt(row[1])))
        .toList();
  }

  static List<Bad> bad() {
    return rows("bad/expected.csv").stream().map(row -> new Bad(row[0], row[1])).toList();
  }

  static List<Damaged> damaged() {
    return rows("damaged/expected.csv").stream()
        .map(row -> new Damaged(row[0], row[1], Integer.parseInt(row[2]), row[3], row[4]))
        .toList();
  }

  private static List<Expected> expected(String table) {
    return rows(table).stream()
        .map(
            row -> new Expected(row[0], Integer.parseInt(row[1]), Integer.parseInt(row[2]), row[3]))
        .toList();
  }

  private static List<String[]> rows(String table) {
    String text = new String(bytes(table), StandardCharsets.UTF_8);
    return text.lines().map(line -> line.split(",", -1)).toList();
  }

  static byte[] good(String name) {
    return bytes("good/" + name);
  }

  static byte[] bad(String name) {
    return bytes("bad/" + name);
  }

  private static byte[] bytes(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/decode/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Pixels decode(ImageDecoder decoder, byte[] encoded) throws RejectedException {
    return decoder.decode(ImageHeader.read(encoded), encoded);
  }

  /** Pixels as Pillow's {@code tobytes} has them. */
  static byte[] rgb(Pixels pixels) {
    byte[] rgb = Arrays.copyOf(pixels.data(), pixels.width() * pixels.height() * 3);
    for (int i = 0; pixels.order() == Pixels.ChannelOrder.BGR && i < rgb.length; i += 3) {
      byte blue = rgb[i];
      rgb[i] = rgb[i + 2];
      rgb[i + 2] = blue;
    }
    return rgb;
  }

  static String sha256(Pixels pixels) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(rgb(pixels));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

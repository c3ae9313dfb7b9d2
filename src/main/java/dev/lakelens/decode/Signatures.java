package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Formats by their first bytes; a file's name never decides. */
final class Signatures {
  private static final int TEXT_TO_SEARCH = 1024;

  private Signatures() {}

  /**
   * @throws RejectedException for no bytes, a format that is not decoded, or none at all
   */
  static ImageFormat format(byte[] encoded) throws RejectedException {
    if (encoded.length == 0) {
      throw new RejectedException(Reason.EMPTY, "no bytes");
    }
    Optional<ImageFormat> format = decoded(new ByteReader(encoded));
    if (format.isPresent()) {
      return format.get();
    }
    Optional<String> unsupported = unsupported(encoded);
    if (unsupported.isPresent()) {
      throw new RejectedException(
          Reason.UNSUPPORTED_FORMAT,
          unsupported.get() + " is not decoded; convert it to JPEG, PNG, WebP or TIFF");
    }
    throw new RejectedException(
        Reason.UNKNOWN_FORMAT, "the first bytes are those of no image format");
  }

  private static Optional<ImageFormat> decoded(ByteReader in) {
    if (in.matches(0, "\u00FF\u00D8\u00FF")) {
      return Optional.of(ImageFormat.JPEG);
    }
    if (in.matches(0, "\u0089PNG\r\n\u001A\n")) {
      return Optional.of(ImageFormat.PNG);
    }
    if (in.matches(0, "RIFF") && in.matches(8, "WEBP")) {
      return Optional.of(ImageFormat.WEBP);
    }
    if (in.matches(0, "GIF87a") || in.matches(0, "GIF89a")) {
      return Optional.of(ImageFormat.GIF);
    }
    if (in.matches(0, "BM")) {
      return Optional.of(ImageFormat.BMP);
    }
    if (in.matches(0, "II*\0") || in.matches(0, "MM\0*")) {
      return Optional.of(ImageFormat.TIFF);
    }
    return Optional.empty();
  }

  private static Optional<String> unsupported(byte[] encoded) {
    ByteReader in = new ByteReader(encoded);
    if (in.matches(4, "ftyp")) {
      return isobmff(in);
    }
    if (in.matches(0, "II+\0") || in.matches(0, "MM\0+")) {
      return Optional.of("BigTIFF");
    }
    if (in.matches(0, "\u00FF\n") || in.matches(0, "\0\0\0\fJXL ")) {
      return Optional.of("JPEG XL");
    }
    if (in.matches(0, "\0\0\0\fjP  ") || in.matches(0, "\u00FFO\u00FFQ")) {
      return Optional.of("JPEG 2000");
    }
    if (in.matches(0, "8BPS")) {
      return Optional.of("PSD");
    }
    if (in.matches(0, "%PDF")) {
      return Optional.of("PDF");
    }
    if (in.matches(0, "\0\0\u0001\0") || in.matches(0, "\0\0\u0002\0")) {
      return Optional.of("ICO");
    }
    return svg(encoded) ? Optional.of("SVG") : Optional.empty();
  }

  /** HEIC and AVIF share a container: its brands, of four letters each, tell them apart. */
  private static Optional<String> isobmff(ByteReader in) {
    for (int at = 8; at < Math.min(in.length(), 64); at += 4) {
      if (in.matches(at, "avif") || in.matches(at, "avis")) {
        return Optional.of("AVIF");
      }
      if (in.matches(at, "heic") || in.matches(at, "heix") || in.matches(at, "hevc")) {
        return Optional.of("HEIC");
      }
    }
    return in.matches(8, "mif1") || in.matches(8, "msf1") ? Optional.of("HEIF") : Optional.empty();
  }

  private static boolean svg(byte[] encoded) {
    int length = Math.min(encoded.length, TEXT_TO_SEARCH);
    String text = new String(encoded, 0, length, StandardCharsets.ISO_8859_1);
    return text.stripLeading().startsWith("<") && text.toLowerCase(Locale.ROOT).contains("<svg");
  }
}

package dev.lakelens.decode;

import dev.lakelens.image.Reason;
import dev.lakelens.image.RejectedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The format of an image, from its first bytes and never from its name. */
final class MagicBytes {
  private static final int PROLOG = 512;

  // The brands of ISO base media files, https://mp4ra.org/registered-types/brands
  private static final Set<String> HEIC =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");
  private static final Set<String> AVIF = Set.of("avif", "avis");

  private static final Map<String, String> UNSUPPORTED = unsupported();

  private MagicBytes() {}

  static ImageFormat format(byte[] encoded) throws RejectedException {
    if (encoded.length == 0) {
      throw new RejectedException(Reason.EMPTY, "The file has no bytes");
    }
    ByteReader bytes = ByteReader.bigEndian(encoded);
    if (bytes.matches(0, "\u00ff\u00d8\u00ff") || (encoded.length == 2 && bytes.u16(0) == 0xFFD8)) {
      return ImageFormat.JPEG;
    }
    if (bytes.matches(0, "\u0089PNG\r\n\u001a\n")) {
      return ImageFormat.PNG;
    }
    if (bytes.matches(0, "GIF87a") || bytes.matches(0, "GIF89a")) {
      return ImageFormat.GIF;
    }
    if (bytes.matches(0, "RIFF") && bytes.matches(8, "WEBP")) {
      return ImageFormat.WEBP;
    }
    if (bytes.matches(0, "BM")) {
      return ImageFormat.BMP;
    }
    if (bytes.matches(0, "II*\0") || bytes.matches(0, "MM\0*")) {
      return ImageFormat.TIFF;
    }
    throw unreadable(bytes);
  }

  private static RejectedException unreadable(ByteReader bytes) {
    String name = unsupportedName(bytes);
    return name.isEmpty()
        ? new RejectedException(
            Reason.UNKNOWN_FORMAT, "The first bytes are those of no image format: " + head(bytes))
        : new RejectedException(Reason.UNSUPPORTED_FORMAT, name + " is not decoded");
  }

  private static String unsupportedName(ByteReader bytes) {
    if (bytes.matches(4, "ftyp") && bytes.has(8, 4)) {
      return mediaName(bytes);
    }
    for (Map.Entry<String, String> entry : UNSUPPORTED.entrySet()) {
      if (bytes.matches(0, entry.getKey())) {
        return entry.getValue();
      }
    }
    return isSvg(bytes) ? "SVG" : "";
  }

  private static String mediaName(ByteReader bytes) {
    String major = bytes.text(8, 4);
    String brands = bytes.text(8, Math.min(bytes.length() - 8, 64));
    if (AVIF.contains(major) || (major.equals("mif1") && brands.contains("avif"))) {
      return "AVIF";
    }
    return HEIC.contains(major) ? "HEIC" : "Media of brand '" + major.strip() + "'";
  }

  private static boolean isSvg(ByteReader bytes) {
    String start =
        bytes.text(0, Math.min(bytes.length(), PROLOG)).replace("\u00ef\u00bb\u00bf", "");
    String text = start.stripLeading();
    return text.startsWith("<svg")
        || ((text.startsWith("<?xml") || text.startsWith("<!")) && text.contains("<svg"));
  }

  private static String head(ByteReader bytes) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < Math.min(8, bytes.length()); i++) {
      hex.append("%02x ".formatted(bytes.data()[i]));
    }
    return hex.toString().strip();
  }

  private static Map<String, String> unsupported() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("\0\0\0\u000cjP  ", "JPEG 2000");
    names.put("\u00ffO\u00ffQ", "JPEG 2000");
    names.put("\0\0\0\u000cJXL ", "JPEG XL");
    names.put("\u00ff\n", "JPEG XL");
    names.put("8BPS", "PSD");
    names.put("%PDF", "PDF");
    names.put("%!PS", "PostScript");
    names.put("\0\0\1\0", "ICO");
    names.put("\0\0\2\0", "CUR");
    names.put("II+\0", "BigTIFF");
    names.put("MM\0+", "BigTIFF");
    names.put("v/1\1", "OpenEXR");
    names.put("#?RADIANCE", "Radiance HDR");
    names.put("DDS ", "DDS");
    names.put("qoif", "QOI");
    names.put("II\u00bc", "JPEG XR");
    names.put("\u00c5\u00d0\u00d3\u00c6", "EPS");
    names.put("\u008aMNG", "MNG");
    for (int i = 1; i <= 7; i++) {
      names.put("P" + i + "\n", "Netpbm");
    }
    return names;
  }
}

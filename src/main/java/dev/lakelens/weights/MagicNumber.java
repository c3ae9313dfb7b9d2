package dev.lakelens.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The first bytes of files that are met as weight files, and what such a file is. */
enum MagicNumber {
  ZIP("PK\u0003\u0004", 0, "a zip file"),
  HDF5("\u0089HDF\r\n\u001a\n", 0, "an HDF5 file"),
  GIT_LFS(
      "version https://git-lfs", 0, "a pointer of Git LFS; fetch the file itself (git lfs pull)"),
  HTML("<!DOCTYPE", 0, "a web page; check the address that it was downloaded from"),
  GZIP("\u001f\u008b", 0, "a gzip file; decompress it first"),
  GGUF("GGUF", 0, "a GGUF file"),
  TFLITE("TFL3", 4, "a TensorFlow Lite file"),
  TAR("ustar", 257, "a tar file; unpack it first");

  /** 0x1950a86a20f9469cfc6c, as a pickled integer of ten bytes. */
  private static final String LEGACY_TORCH = "\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019";

  private static final int PICKLE = 0x80;
  private static final int AFTER_PROTOCOL = 2;
  private static final int AFTER_FRAME = 11; // protocols from 4 on

  private final String bytes; // one a character
  private final int at;
  private final String text;

  MagicNumber(String bytes, int at, String text) {
    this.bytes = bytes;
    this.at = at;
    this.text = text;
  }

  boolean begins(ByteBuffer file) {
    return isAt(file, at, bytes);
  }

  /** What such a file is, with an article. */
  String text() {
    return text;
  }

  /** Whether a file is what {@code torch.save} wrote before PyTorch 1.6. */
  static boolean isLegacyTorch(ByteBuffer file) {
    return isPickle(file)
        && (isAt(file, AFTER_PROTOCOL, LEGACY_TORCH) || isAt(file, AFTER_FRAME, LEGACY_TORCH));
  }

  /** Whether a file begins as a Python pickle of protocol 2 or later. */
  static boolean isPickle(ByteBuffer file) {
    return file.limit() >= 2
        && Byte.toUnsignedInt(file.get(0)) == PICKLE
        && file.get(1) >= 2
        && file.get(1) <= 5;
  }

  private static boolean isAt(ByteBuffer file, int at, String bytes) {
    return file.limit() >= at + bytes.length()
        && StandardCharsets.ISO_8859_1
            .decode(file.slice(at, bytes.length()))
            .toString()
            .equals(bytes);
  }
}

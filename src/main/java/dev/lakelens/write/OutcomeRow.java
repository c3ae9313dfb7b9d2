package dev.lakelens.write;

import dev.lakelens.image.ImageFile;
import dev.lakelens.image.Rejection;
import dev.lakelens.infer.Prediction;
import java.util.List;

/**
 * The row of one image, filled in as the image walks through the rooms and finished by {@link
 * #labelled}, {@link #embedded} or {@link #rejected}. What stays unknown is null in the column.
 *
 * <p>It never leaves the task that makes it.
 */
public final class OutcomeRow {
  final ImageFile file;
  final String model;
  String sha256; // null until known, as the next three
  String format;
  Integer width;
  Integer height;
  List<Prediction> top = List.of();
  float[] embedding; // null of a rejected image
  Rejection rejection; // null of any other

  /**
   * Begins the row of an image.
   *
   * @param model {@code name@fingerprint} of the model that the image is for
   */
  public OutcomeRow(ImageFile file, String model) {
    this.file = file;
    this.model = model;
  }

  /** The digest of the encoded bytes, in hex. */
  public void sha256(String digest) {
    this.sha256 = digest;
  }

  /** The format of the encoded bytes. */
  public void format(String format) {
    this.format = format;
  }

  /** The size of the image, in pixels. */
  public void size(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /**
   * The row of an image with labels.
   *
   * @param top the best prediction first
   */
  public OutcomeRow labelled(List<Prediction> top, float[] embedding) {
    this.top = top;
    return embedded(embedding);
  }

  /** The row of an image without labels. */
  public OutcomeRow embedded(float[] embedding) {
    this.embedding = embedding;
    return this;
  }

  /** The row of an image that has a reason instead of an embedding. */
  public OutcomeRow rejected(Rejection rejection) {
    this.rejection = rejection;
    return this;
  }

  Status status() {
    return rejection == null ? Status.OK : Status.REJECTED;
  }
}

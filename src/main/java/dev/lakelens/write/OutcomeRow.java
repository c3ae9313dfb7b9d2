package dev.lakelens.write;

import dev.lakelens.image.ImageFile;
import dev.lakelens.image.Rejection;
import dev.lakelens.infer.Prediction;
import java.sql.Timestamp;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The row of one image, filled in as the image walks through the rooms and finished by {@link
 * #labelled}, {@link #embedded} or {@link #rejected}. What stays unknown is null.
 */
public final class OutcomeRow {
  private final Map<Column, Object> values = new EnumMap<>(Column.class);

  /**
   * Begins the row of an image.
   *
   * @param model {@code name@fingerprint} of the model that the image is for
   */
  public OutcomeRow(ImageFile file, String model) {
    for (Column column : Column.values()) {
      set(column, null);
    }
    set(Column.PATH, file.path());
    set(Column.LENGTH, file.length() == ImageFile.UNKNOWN ? null : file.length());
    set(
        Column.MODIFIED,
        file.modified() == ImageFile.UNKNOWN ? null : new Timestamp(file.modified()));
    set(Column.ETAG, file.etag().isEmpty() ? null : file.etag());
    set(Column.MODEL, model);
  }

  /** The digest of the encoded bytes, in hex. */
  public void sha256(String digest) {
    set(Column.SHA256, digest);
  }

  /** The format of the encoded bytes. */
  public void format(String format) {
    set(Column.FORMAT, format);
  }

  /** The size of the image, in pixels. */
  public void size(int width, int height) {
    set(Column.WIDTH, width);
    set(Column.HEIGHT, height);
  }

  /**
   * The row of an image with labels.
   *
   * @param top at least one prediction, the best first
   */
  public Row labelled(List<Prediction> top, float[] embedding) {
    Prediction best = top.get(0);
    set(Column.LABEL, best.label());
    set(Column.LABEL_ID, best.id());
    set(Column.SCORE, best.score());
    Row[] rows = new Row[top.size()];
    for (int i = 0; i < rows.length; i++) {
      Prediction prediction = top.get(i);
      rows[i] = RowFactory.create(prediction.id(), prediction.label(), prediction.score());
    }
    set(Column.TOP, rows);
    return embedded(embedding);
  }

  /** The row of an image without labels. */
  public Row embedded(float[] embedding) {
    set(Column.STATUS, Status.OK.text());
    set(Column.EMBEDDING, embedding);
    return row();
  }

  /** The row of an image that has a reason instead of an embedding. */
  public Row rejected(Rejection rejection) {
    set(Column.STATUS, Status.REJECTED.text());
    set(
        Column.REJECT,
        RowFactory.create(
            rejection.reason().stage().text(), rejection.reason().text(), rejection.message()));
    return row();
  }

  private Row row() {
    return RowFactory.create(values.values().toArray());
  }

  private void set(Column column, Object value) {
    values.put(column, value);
  }
}

package dev.lakelens.write;

import dev.lakelens.image.ImageFile;
import dev.lakelens.image.Rejection;
import dev.lakelens.infer.Prediction;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/**
 * Hands rows to Parquet, value by value: an embedding stays an array of floats as far as its page.
 * The file's footer gets what is in it.
 */
final class OutcomeWriteSupport extends WriteSupport<OutcomeRow> {
  /** Where Spark looks for the schema with its metadata. */
  private static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";

  private static final long MICROS_PER_MILLI = 1000;

  private final RowCounter counter = new RowCounter();
  private RecordConsumer consumer;

  @Override
  public String getName() {
    return "lakelens";
  }

  @Override
  @SuppressWarnings("deprecation") // abstract all the same
  public WriteContext init(Configuration configuration) {
    String fingerprint = configuration.get(ParquetOutput.FINGERPRINT);
    return new WriteContext(
        OutputSchema.PARQUET, Map.of(SPARK_SCHEMA, OutputSchema.of(fingerprint).json()));
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    this.consumer = consumer;
  }

  @Override
  public FinalizedWriteContext finalizeWrite() {
    return new FinalizedWriteContext(Map.of(FileCounts.KEY, FileCounts.json(counter.counts())));
  }

  @Override
  public void write(OutcomeRow row) {
    counter.add(row);
    consumer.startMessage();
    file(row.file);
    if (row.sha256 != null) {
      text(Column.SHA256, row.sha256);
    }
    if (row.format != null) {
      text(Column.FORMAT, row.format);
    }
    if (row.width != null) {
      integer(Column.WIDTH, row.width);
      integer(Column.HEIGHT, row.height);
    }
    text(Column.STATUS, row.status().text());
    if (row.rejection != null) {
      rejection(row.rejection);
    }
    if (!row.top.isEmpty()) {
      top(row.top);
    }
    if (row.embedding != null) {
      embedding(row.embedding);
    }
    text(Column.MODEL, row.model);
    consumer.endMessage();
  }

  private void file(ImageFile file) {
    text(Column.PATH, file.path());
    if (file.length() != ImageFile.UNKNOWN) {
      number(Column.LENGTH, file.length());
    }
    if (file.modified() != ImageFile.UNKNOWN) {
      number(Column.MODIFIED, Math.multiplyExact(file.modified(), MICROS_PER_MILLI));
    }
    if (!file.etag().isEmpty()) {
      text(Column.ETAG, file.etag());
    }
  }

  private void rejection(Rejection rejection) {
    start(Column.REJECT);
    consumer.startGroup();
    text("stage", 0, rejection.reason().stage().text());
    text("reason", 1, rejection.reason().text());
    text("message", 2, rejection.message());
    consumer.endGroup();
    end(Column.REJECT);
  }

  private void top(List<Prediction> top) {
    Prediction best = top.get(0);
    text(Column.LABEL, best.label());
    integer(Column.LABEL_ID, best.id());
    start(Column.SCORE);
    consumer.addFloat(best.score());
    end(Column.SCORE);
    startList(Column.TOP);
    for (Prediction prediction : top) {
      consumer.startGroup();
      consumer.startField("element", 0);
      prediction(prediction);
      consumer.endField("element", 0);
      consumer.endGroup();
    }
    endList(Column.TOP);
  }

  private void prediction(Prediction prediction) {
    consumer.startGroup();
    consumer.startField("id", 0);
    consumer.addInteger(prediction.id());
    consumer.endField("id", 0);
    text("label", 1, prediction.label());
    consumer.startField("score", 2);
    consumer.addFloat(prediction.score());
    consumer.endField("score", 2);
    consumer.endGroup();
  }

  private void embedding(float[] embedding) {
    startList(Column.EMBEDDING);
    for (float feature : embedding) {
      consumer.startGroup();
      consumer.startField("element", 0);
      consumer.addFloat(feature);
      consumer.endField("element", 0);
      consumer.endGroup();
    }
    endList(Column.EMBEDDING);
  }

  private void startList(Column column) {
    start(column);
    consumer.startGroup();
    consumer.startField("list", 0);
  }

  private void endList(Column column) {
    consumer.endField("list", 0);
    consumer.endGroup();
    end(column);
  }

  private void text(Column column, String value) {
    text(column.text(), index(column), value);
  }

  private void text(String field, int index, String value) {
    consumer.startField(field, index);
    consumer.addBinary(Binary.fromString(value));
    consumer.endField(field, index);
  }

  private void integer(Column column, int value) {
    start(column);
    consumer.addInteger(value);
    end(column);
  }

  private void number(Column column, long value) {
    start(column);
    consumer.addLong(value);
    end(column);
  }

  private void start(Column column) {
    consumer.startField(column.text(), index(column));
  }

  private void end(Column column) {
    consumer.endField(column.text(), index(column));
  }

  private static int index(Column column) {
    return OutputSchema.PARQUET.getFieldIndex(column.text());
  }
}

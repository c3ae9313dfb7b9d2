package dev.lakelens.read;

import dev.lakelens.image.ImageFile;
import dev.lakelens.image.Reason;
import dev.lakelens.image.Rejection;
import dev.lakelens.image.SetupException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/** Rows that hold images, in one of the layouts that Spark itself writes. */
public final class TableImages {
  private static final List<String> BINARY_FILE =
      List.of("path", "modificationTime", "length", "content");
  private static final List<String> SPARK_IMAGE =
      List.of("origin", "height", "width", "nChannels", "mode", "data");

  private TableImages() {}

  /**
   * Recognises Spark's {@code binaryFile} layout and its {@code image} schema.
   *
   * @param maxBytes encoded images larger than this are rejected
   * @throws SetupException if the columns are neither
   */
  public static JavaRDD<ReadImage> read(Dataset<Row> table, long maxBytes) {
    StructType schema = table.schema();
    if (isBinaryFile(schema)) {
      return table
          .selectExpr("path", "unix_millis(modificationTime)", "length", "content")
          .toJavaRDD()
          .map(new FromBinaryFile(maxBytes));
    }
    if (isSparkImage(schema)) {
      return table
          .selectExpr("image.*")
          .selectExpr(SPARK_IMAGE.toArray(String[]::new))
          .toJavaRDD()
          .map(new FromSparkImage());
    }
    throw new SetupException(
        ("The columns %s hold no images that Lakelens recognises. Give the columns of Spark's"
                + " binaryFile source, %s, or a column image of Spark's image source, struct%s.")
            .formatted(Arrays.toString(schema.fieldNames()), BINARY_FILE, SPARK_IMAGE));
  }

  private static boolean isBinaryFile(StructType schema) {
    return Arrays.asList(schema.fieldNames()).containsAll(BINARY_FILE)
        && schema.apply("path").dataType() instanceof StringType
        && schema.apply("modificationTime").dataType() instanceof TimestampType
        && schema.apply("content").dataType() instanceof BinaryType;
  }

  private static boolean isSparkImage(StructType schema) {
    if (!Arrays.asList(schema.fieldNames()).contains("image")) {
      return false;
    }
    DataType image = schema.apply("image").dataType();
    return image instanceof StructType struct
        && Arrays.asList(struct.fieldNames()).containsAll(SPARK_IMAGE);
  }

  private static final class FromBinaryFile implements Function<Row, ReadImage> {
    private final long maxBytes;

    FromBinaryFile(long maxBytes) {
      this.maxBytes = maxBytes;
    }

    @Override
    public ReadImage call(Row row) {
      byte[] content = row.isNullAt(3) ? new byte[0] : row.<byte[]>getAs(3);
      ImageFile file =
          new ImageFile(
              text(row, 0),
              content.length,
              row.isNullAt(1) ? ImageFile.UNKNOWN : row.getLong(1),
              "");
      if (content.length > maxBytes) {
        String message = "%,d bytes are more than --max-bytes %,d";
        return new ReadImage.Unreadable(
            file,
            new Rejection(Reason.TOO_MANY_BYTES, message.formatted(content.length, maxBytes)));
      }
      return new ReadImage.Encoded(file, content);
    }
  }

  private static final class FromSparkImage implements Function<Row, ReadImage> {
    @Override
    public ReadImage call(Row row) {
      ImageFile file = new ImageFile(text(row, 0), ImageFile.UNKNOWN, ImageFile.UNKNOWN, "");
      if (IntStream.range(1, row.size()).anyMatch(row::isNullAt)) { // all but origin
        return new ReadImage.Unreadable(
            file, new Rejection(Reason.EMPTY, "the row has no image: a field of it is null"));
      }
      return new ReadImage.Decoded(
          file, row.getInt(2), row.getInt(1), row.getInt(3), row.getInt(4), row.getAs(5));
    }
  }

  private static String text(Row row, int index) {
    return row.isNullAt(index) ? "" : row.getString(index);
  }
}

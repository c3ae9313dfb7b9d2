package dev.lakelens.write;

import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of an output file. The partition column {@code run} is in the path, not in it. */
public final class OutputSchema {
  /** Spark's types of the same columns are {@link #of}. */
  static final MessageType PARQUET =
      MessageTypeParser.parseMessageType(
          """
          message lakelens {
                  required binary path (STRING);
                  optional int64 length;
                  optional int64 modified (TIMESTAMP(MICROS,true));
                  optional binary etag (STRING);
                  optional binary sha256 (STRING);
                  optional binary format (STRING);
                  optional int32 width;
                  optional int32 height;
                  required binary status (STRING);
                  optional group reject {
                    required binary stage (STRING);
                    required binary reason (STRING);
                    required binary message (STRING);
                  }
                  optional binary label (STRING);
                  optional int32 label_id;
                  optional float score;
                  optional group top (LIST) {
                    repeated group list {
                      required group element {
                        required int32 id;
                        required binary label (STRING);
                        required float score;
                      }
                    }
                  }
                  optional group embedding (LIST) {
                    repeated group list {
                      required float element;
                    }
                  }
                  required binary model (STRING);
                }
          """);

  static final StructType REJECT =
      new StructType()
          .add("stage", DataTypes.StringType, false)
          .add("reason", DataTypes.StringType, false)
          .add("message", DataTypes.StringType, false);

  static final StructType PREDICTION =
      new StructType()
          .add("id", DataTypes.IntegerType, false)
          .add("label", DataTypes.StringType, false)
          .add("score", DataTypes.FloatType, false);

  private OutputSchema() {}

  /**
   * The schema of a run.
   *
   * @param fingerprint of the model, kept in every file's footer as metadata of {@code model}
   */
  public static StructType of(String fingerprint) {
    return new StructType(
        new StructField[] {
          required(Column.PATH, DataTypes.StringType),
          nullable(Column.LENGTH, DataTypes.LongType),
          nullable(Column.MODIFIED, DataTypes.TimestampType),
          nullable(Column.ETAG, DataTypes.StringType),
          nullable(Column.SHA256, DataTypes.StringType),
          nullable(Column.FORMAT, DataTypes.StringType),
          nullable(Column.WIDTH, DataTypes.IntegerType),
          nullable(Column.HEIGHT, DataTypes.IntegerType),
          required(Column.STATUS, DataTypes.StringType),
          nullable(Column.REJECT, REJECT),
          nullable(Column.LABEL, DataTypes.StringType),
          nullable(Column.LABEL_ID, DataTypes.IntegerType),
          nullable(Column.SCORE, DataTypes.FloatType),
          nullable(Column.TOP, DataTypes.createArrayType(PREDICTION, false)),
          nullable(Column.EMBEDDING, DataTypes.createArrayType(DataTypes.FloatType, false)),
          new StructField(
              Column.MODEL.text(),
              DataTypes.StringType,
              false,
              new MetadataBuilder().putString("fingerprint", fingerprint).build()),
        });
  }

  private static StructField required(Column column, DataType type) {
    return new StructField(column.text(), type, false, Metadata.empty());
  }

  private static StructField nullable(Column column, DataType type) {
    return new StructField(column.text(), type, true, Metadata.empty());
  }
}

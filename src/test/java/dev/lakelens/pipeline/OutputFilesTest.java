package dev.lakelens.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.models.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a run as another Parquet reader sees them. */
class OutputFilesTest {
  private static final String SCHEMA =
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
      """;

  @Test
  void haveThisSchema(@TempDir Path output) throws IOException {
    LabelJob job =
        new LabelJob(
            LocalSpark.session(),
            Models.load("efficientnet-lite0"),
            LabelOptions.DEFAULTS,
            output.toString(),
            progress -> {});
    RunResult result = job.run(List.of("data-samples/images/chelsea.png"), 1);
    assertThat(schemaOfOnlyFile(result.directory()))
        .isEqualTo(MessageTypeParser.parseMessageType(SCHEMA));
  }

  private static MessageType schemaOfOnlyFile(org.apache.hadoop.fs.Path directory)
      throws IOException {
    Configuration configuration = new Configuration();
    FileStatus[] files =
        directory
            .getFileSystem(configuration)
            .globStatus(new org.apache.hadoop.fs.Path(directory, "*.parquet"));
    assertThat(files).hasSize(1);
    HadoopInputFile file = HadoopInputFile.fromPath(files[0].getPath(), configuration);
    try (ParquetFileReader reader = ParquetFileReader.open(file)) {
      return reader.getFileMetaData().getSchema();
    }
  }
}

package dev.lakelens.write;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** The counts of one file, in its footer. */
final class FileCounts {
  /** Key in the footer. */
  static final String KEY = "lakelens.counts";

  private static final ObjectMapper JSON = new ObjectMapper();

  private FileCounts() {}

  static String json(RunCounts counts) {
    try {
      return JSON.writeValueAsString(counts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts and whole numbers are always JSON", e);
    }
  }

  /**
   * Reads a footer.
   *
   * @throws IOException if the file is not one of ours, or has other rows than it says
   */
  static RunCounts read(Path file, Configuration configuration) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(file, configuration),
            HadoopReadOptions.builder(configuration).build())) {
      String json = reader.getFileMetaData().getKeyValueMetaData().get(KEY);
      if (json == null) {
        throw new IOException("%s has no %s in its footer".formatted(file, KEY));
      }
      RunCounts counts = JSON.readValue(json, RunCounts.class);
      if (counts.images() != reader.getRecordCount()) {
        throw new IOException(
            "%s has %,d rows, and its footer counts %,d"
                .formatted(file, reader.getRecordCount(), counts.images()));
      }
      return counts;
    }
  }
}

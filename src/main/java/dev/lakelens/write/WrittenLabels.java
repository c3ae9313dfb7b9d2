package dev.lakelens.write;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.api.java.JavaSparkContext;

/** The top labels of the images of one run, read back from its files. */
public final class WrittenLabels {
  private static final String PATH = Column.PATH.text();
  private static final String LABEL = Column.LABEL.text();
  private static final String SCORE = Column.SCORE.text();

  private final WrittenFiles files;

  /** The top label of one image. */
  public record LabelledImage(String path, String label, float score) implements Serializable {}

  /** How many images have one top label. */
  public record LabelCount(String label, long images) {}

  /**
   * @param directory of the run's files
   */
  public WrittenLabels(JavaSparkContext spark, Path directory) {
    this.files = new WrittenFiles(spark, directory);
  }

  /**
   * The top label of the first images by path.
   *
   * @param limit how many images at most
   */
  public List<LabelledImage> first(int limit) throws IOException {
    return files.map((file, configuration) -> first(file, configuration, limit)).stream()
        .flatMap(List::stream)
        .sorted(comparing(LabelledImage::path))
        .limit(limit)
        .toList();
  }

  /**
   * The most frequent top labels.
   *
   * @param limit how many labels at most
   */
  public List<LabelCount> mostFrequent(int limit) throws IOException {
    Map<String, Long> total = new HashMap<>();
    for (Map<String, Long> counts : files.map(WrittenLabels::counts)) {
      counts.forEach((label, images) -> total.merge(label, images, Long::sum));
    }
    return total.entrySet().stream()
        .map(entry -> new LabelCount(entry.getKey(), entry.getValue()))
        .sorted(comparingLong(LabelCount::images).reversed().thenComparing(LabelCount::label))
        .limit(limit)
        .toList();
  }

  private static List<LabelledImage> first(Path file, Configuration configuration, int limit)
      throws IOException {
    PriorityQueue<LabelledImage> first =
        new PriorityQueue<>(comparing(LabelledImage::path).reversed());
    read(
        file,
        configuration,
        List.of(PATH, LABEL, SCORE),
        row -> {
          first.add(
              new LabelledImage(
                  row.getString(PATH, 0), row.getString(LABEL, 0), row.getFloat(SCORE, 0)));
          if (first.size() > limit) {
            first.remove();
          }
        });
    return new ArrayList<>(first);
  }

  private static Map<String, Long> counts(Path file, Configuration configuration)
      throws IOException {
    Map<String, Long> counts = new HashMap<>();
    read(
        file,
        configuration,
        List.of(LABEL),
        row -> counts.merge(row.getString(LABEL, 0), 1L, Long::sum));
    return counts;
  }

  /**
   * Parquet's own builder of such readers reads Hadoop's defaults from their jar for every file.
   */
  private static final class GroupReader extends ParquetReader.Builder<Group> {
    GroupReader(Path file, Configuration configuration) throws IOException {
      super(
          HadoopInputFile.fromPath(file, configuration),
          new HadoopParquetConfiguration(configuration));
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }

  /** Hands on every row with a label, with these columns only. */
  private static void read(
      Path file, Configuration configuration, List<String> columns, Consumer<Group> labelled)
      throws IOException {
    MessageType schema =
        new MessageType("lakelens", columns.stream().map(OutputSchema.PARQUET::getType).toList());
    Configuration projected = new Configuration(configuration);
    projected.set(ReadSupport.PARQUET_READ_SCHEMA, schema.toString());
    try (ParquetReader<Group> reader = new GroupReader(file, projected).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        if (row.getFieldRepetitionCount(LABEL) > 0) {
          labelled.accept(row);
        }
      }
    }
  }
}

package dev.lakelens.write;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** The Parquet files of one directory; tasks read them where they are many. */
final class WrittenFiles {
  /** Files that the driver reads as fast as a job starts. */
  private static final int FEW = 32;

  private final JavaSparkContext spark;
  private final Path directory;

  /** What a task makes of a file; {@code T} is serialisable. */
  interface Reading<T> extends Serializable {
    T read(Path file, Configuration configuration) throws IOException;
  }

  WrittenFiles(JavaSparkContext spark, Path directory) {
    this.spark = spark;
    this.directory = directory;
  }

  /** Reads every file; the results have no order. */
  <T> List<T> map(Reading<T> reading) throws IOException {
    List<String> files = list();
    return files.size() <= FEW ? readHere(files, reading) : readByTasks(files, reading);
  }

  private <T> List<T> readHere(List<String> files, Reading<T> reading) throws IOException {
    Configuration configuration = spark.hadoopConfiguration();
    try {
      return files.parallelStream().map(file -> read(file, reading, configuration)).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static <T> T read(String file, Reading<T> reading, Configuration configuration) {
    try {
      return reading.read(new Path(file), configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> List<T> readByTasks(List<String> files, Reading<T> reading) throws IOException {
    Broadcast<SerializableConfiguration> configuration =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    try {
      int tasks = Math.max(1, Math.min(files.size(), spark.defaultParallelism()));
      return spark
          .parallelize(files, tasks)
          .map(file -> reading.read(new Path(file), configuration.value().value()))
          .collect();
    } finally {
      configuration.destroy();
    }
  }

  private List<String> list() throws IOException {
    List<String> files = new ArrayList<>();
    for (FileStatus status :
        directory.getFileSystem(spark.hadoopConfiguration()).listStatus(directory)) {
      if (status.getPath().getName().endsWith(".parquet")) {
        files.add(status.getPath().toString());
      }
    }
    return files;
  }
}

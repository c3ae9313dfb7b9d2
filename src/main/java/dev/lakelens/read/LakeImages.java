package dev.lakelens.read;

import dev.lakelens.image.ImageFile;
import dev.lakelens.image.RejectedException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Listed files as images: each is read inside the task that labels it, when it is asked for. */
public final class LakeImages {
  private LakeImages() {}

  /**
   * Reads a plan.
   *
   * @param plan one serialisable list of files for each partition
   * @param maxBytes files larger than this are rejected, and not read
   */
  public static JavaRDD<ReadImage> read(
      JavaSparkContext spark, List<List<ImageFile>> plan, long maxBytes) {
    Broadcast<SerializableConfiguration> configuration =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    return spark.parallelize(plan, plan.size()).flatMap(new ReadFiles(configuration, maxBytes));
  }

  /** Reads files one by one, each when it is asked for. */
  public static Iterator<ReadImage> read(
      Iterator<ImageFile> files, Configuration configuration, long maxBytes) {
    FileReader reader = new FileReader(configuration, maxBytes);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return files.hasNext();
      }

      @Override
      public ReadImage next() {
        return read(reader, files.next());
      }
    };
  }

  private static ReadImage read(FileReader reader, ImageFile file) {
    try {
      return new ReadImage.Encoded(file, reader.read(file));
    } catch (RejectedException e) {
      return new ReadImage.Unreadable(file, e.rejection());
    } catch (InterruptedIOException e) {
      throw new UncheckedIOException("The task was killed while it read " + file.path(), e);
    }
  }

  private static final class ReadFiles implements FlatMapFunction<List<ImageFile>, ReadImage> {
    private final Broadcast<SerializableConfiguration> configuration;
    private final long maxBytes;

    ReadFiles(Broadcast<SerializableConfiguration> configuration, long maxBytes) {
      this.configuration = configuration;
      this.maxBytes = maxBytes;
    }

    @Override
    public Iterator<ReadImage> call(List<ImageFile> files) {
      return LakeImages.read(files.iterator(), configuration.value().value(), maxBytes);
    }
  }
}

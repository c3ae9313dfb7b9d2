package dev.lakelens.read;

import dev.lakelens.image.ImageFile;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** Listed files as images: each is read inside the task that labels it. */
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

  private static final class ReadFiles implements FlatMapFunction<List<ImageFile>, ReadImage> {
    private final Broadcast<SerializableConfiguration> configuration;
    private final long maxBytes;

    ReadFiles(Broadcast<SerializableConfiguration> configuration, long maxBytes) {
      this.configuration = configuration;
      this.maxBytes = maxBytes;
    }

    @Override
    public Iterator<ReadImage> call(List<ImageFile> files) {
      FileImages images = new FileImages(files.iterator(), configuration.value().value(), maxBytes);
      TaskCompletionListener close = context -> images.close();
      TaskContext.get().addTaskCompletionListener(close);
      return images;
    }
  }
}

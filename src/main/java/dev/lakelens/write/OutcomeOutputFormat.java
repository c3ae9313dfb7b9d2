package dev.lakelens.write;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitterFactory;
import org.apache.parquet.hadoop.ParquetOutputFormat;

/** Parquet files of outcome rows, put in place by the committer of their file system. */
public final class OutcomeOutputFormat extends ParquetOutputFormat<OutcomeRow> {
  private OutputCommitter committer;

  /** Made by Hadoop, by name. */
  public OutcomeOutputFormat() {
    super(new OutcomeWriteSupport());
  }

  /** Parquet's own committer renames, on every file system. */
  @Override
  public synchronized OutputCommitter getOutputCommitter(TaskAttemptContext context)
      throws IOException {
    if (committer == null) {
      Path output = getOutputPath(context);
      committer =
          PathOutputCommitterFactory.getCommitterFactory(output, context.getConfiguration())
              .createOutputCommitter(output, context);
    }
    return committer;
  }
}

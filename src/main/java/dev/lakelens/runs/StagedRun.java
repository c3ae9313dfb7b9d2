package dev.lakelens.runs;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import org.apache.hadoop.fs.Path;

/**
 * A run between its first task and its manifest. Closing one whose commit has not begun removes
 * what it has written.
 */
public final class StagedRun implements Closeable {
  private final OutputDataset dataset;
  private final RunId id;
  private final Instant started;
  private final Path staged;
  private final Path published;
  private boolean committing;

  StagedRun(OutputDataset dataset, RunId id, Instant started, Path staged, Path published) {
    this.dataset = dataset;
    this.id = id;
    this.started = started;
    this.staged = staged;
    this.published = published;
  }

  public RunId id() {
    return id;
  }

  /** When the run began. */
  public Instant started() {
    return started;
  }

  /** Where the run's files are written. */
  public Path directory() {
    return staged;
  }

  /**
   * Moves the run's files into place and makes the run real by its manifest. Where the manifest
   * fails to be written it may be there all the same, so the files stay.
   *
   * @return where the files are now
   */
  public Path commit(Manifest manifest) throws IOException {
    Path written = dataset.writeBeside(manifest); // so that only two renames are left to fail
    if (!staged.equals(published)) {
      dataset.rename(staged, published);
    }
    committing = true;
    dataset.publish(written, manifest);
    return published;
  }

  @Override
  public void close() throws IOException {
    if (!committing) {
      dataset.fileSystem().delete(staged, true);
    }
  }
}

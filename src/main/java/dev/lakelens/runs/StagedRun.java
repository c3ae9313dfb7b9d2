package dev.lakelens.runs;

import java.io.IOException;
import java.time.Instant;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A run between its first task and its manifest. */
public final class StagedRun {
  private final OutputDataset dataset;
  private final RunId id;
  private final Instant started;
  private final Path staged;
  private final Path published;

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
   * Moves the run's files into place. Without a manifest they are not yet a run.
   *
   * @return where they are now
   */
  public Path moveIntoPlace() throws IOException {
    if (!staged.equals(published) && !dataset.fileSystem().rename(staged, published)) {
      throw new IOException("Cannot rename " + staged + " to " + published);
    }
    return published;
  }

  /**
   * Makes the run real. Where this fails, the manifest may be there all the same, so the files
   * stay.
   */
  public void commit(Manifest manifest) throws IOException {
    dataset.writeManifest(manifest);
  }

  /** Removes what a failed run has written. */
  public void abandon() throws IOException {
    FileSystem fileSystem = dataset.fileSystem();
    fileSystem.delete(staged, true);
    fileSystem.delete(published, true);
  }
}

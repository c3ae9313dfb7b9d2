package dev.lakelens.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.lakelens.image.SetupException;
import dev.lakelens.model.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The directory that runs are added to.
 *
 * <pre>
 * OUT/run=RUN/part-*.parquet        one wave of one run
 * OUT/_lakelens/dataset.json        format version
 * OUT/_lakelens/runs/RUN.json       manifest, written last: it makes the run real
 * OUT/_lakelens/staging/RUN/        a run is written here and renamed into place at once
 * </pre>
 */
public final class OutputDataset {
  /** The version of this layout and of the columns. */
  public static final int FORMAT_VERSION = 1;

  private static final String OWN = "_lakelens";

  /** A rename copies there: the committer puts each file in place instead. */
  private static final Set<String> OBJECT_STORES = Set.of("s3a", "gs");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final FileSystem fileSystem;
  private final Path root;

  private OutputDataset(FileSystem fileSystem, Path root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  /**
   * Opens a dataset, or makes an empty one where nothing is.
   *
   * @throws SetupException if the path cannot be written, or holds something else
   */
  public static OutputDataset open(Path path, Configuration configuration) {
    try {
      FileSystem fileSystem = withoutChecksumFiles(path.getFileSystem(configuration));
      OutputDataset dataset = new OutputDataset(fileSystem, fileSystem.makeQualified(path));
      dataset.claim();
      return dataset;
    } catch (IOException | IllegalArgumentException e) {
      throw new SetupException(
          "The output %s cannot be written: %s. Check its permissions, or give another --output."
              .formatted(path, FileFault.naming(e)),
          e);
    }
  }

  /** A checksum beside a JSON file would refuse it once it is edited. */
  private static FileSystem withoutChecksumFiles(FileSystem fileSystem) {
    return fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
  }

  private void claim() throws IOException {
    Path marker = new Path(root, OWN + "/dataset.json");
    if (fileSystem.exists(marker)) {
      requireVersion(marker);
    } else if (fileSystem.exists(root) && !isEmptyDirectory()) {
      throw new SetupException(
          ("The output %s is not a Lakelens dataset and not empty. Give a new directory, or one that"
                  + " an earlier run wrote.")
              .formatted(root));
    } else {
      writeJson(marker, Map.of("format", FORMAT_VERSION));
    }
    requireWritable();
  }

  private void requireWritable() throws IOException {
    Path probe = new Path(root, OWN + "/staging/.probe-" + UUID.randomUUID());
    fileSystem.create(probe, false).close();
    fileSystem.delete(probe, false);
  }

  /** Whether nothing is in the directory but what a run that was killed at its start has left. */
  private boolean isEmptyDirectory() throws IOException {
    if (!fileSystem.getFileStatus(root).isDirectory()) {
      return false;
    }
    for (FileStatus status : fileSystem.listStatus(root)) {
      if (!status.getPath().getName().equals(OWN)) {
        return false;
      }
    }
    return true;
  }

  private void requireVersion(Path marker) throws IOException {
    int version;
    try (InputStream in = fileSystem.open(marker)) {
      JsonNode json = JSON.readTree(in);
      version = json.path("format").asInt(-1);
    } catch (JsonProcessingException e) {
      throw new SetupException(
          "%s is not JSON: %s. Restore it, or give another --output."
              .formatted(marker, e.getOriginalMessage()),
          e);
    }
    if (version != FORMAT_VERSION) {
      throw new SetupException(
          "The output %s has format %d, and this Lakelens writes format %d. Give another --output."
              .formatted(root, version, FORMAT_VERSION));
    }
  }

  /** Begins a run, with a new id. */
  public StagedRun begin(Instant now) {
    RunId id = RunId.first(now);
    Path published = new Path(root, "run=" + id);
    boolean renames = !OBJECT_STORES.contains(root.toUri().getScheme());
    Path staged = renames ? new Path(root, OWN + "/staging/" + id) : published;
    return new StagedRun(this, id, now, staged, published);
  }

  /** The qualified path of the dataset. */
  public Path path() {
    return root;
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  /** Writes a manifest where no reader takes it for one. */
  Path writeBeside(Manifest manifest) throws IOException {
    return writeTemporary(path(manifest), manifest);
  }

  /** Makes a manifest of what {@link #writeBeside} wrote. */
  void publish(Path written, Manifest manifest) throws IOException {
    rename(written, path(manifest));
  }

  void rename(Path from, Path to) throws IOException {
    if (!fileSystem.rename(from, to)) {
      throw new IOException("Cannot rename " + from + " to " + to);
    }
  }

  private Path path(Manifest manifest) {
    return new Path(root, OWN + "/runs/" + manifest.run() + ".json");
  }

  /** A reader never meets half a document: it appears by one rename. */
  private void writeJson(Path path, Object value) throws IOException {
    rename(writeTemporary(path, value), path);
  }

  private Path writeTemporary(Path path, Object value) throws IOException {
    Path temporary = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
    try (OutputStream out = fileSystem.create(temporary, true)) {
      out.write(JSON.writeValueAsBytes(value));
    }
    return temporary;
  }
}

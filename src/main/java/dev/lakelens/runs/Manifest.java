package dev.lakelens.runs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.lakelens.write.RunCounts;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one run was: settings, versions, model and counts, as JSON beside the data.
 *
 * @param format of the dataset, {@link OutputDataset#FORMAT_VERSION}
 * @param run id of the run
 * @param command that wrote it
 * @param started in ISO 8601, UTC
 * @param finished in ISO 8601, UTC
 * @param settings of the command, by name
 * @param versions of what took part, by name
 * @param model that made the labels
 * @param counts of the committed output
 * @param stageSeconds thread seconds of all tasks by stage, retried ones included: an estimate
 * @param machine of the driver
 */
@JsonPropertyOrder({
  "format",
  "run",
  "command",
  "started",
  "finished",
  "settings",
  "versions",
  "model",
  "counts",
  "stage_seconds",
  "machine"
})
public record Manifest(
    int format,
    String run,
    String command,
    String started,
    String finished,
    Map<String, Object> settings,
    Map<String, String> versions,
    ModelIdentity model,
    RunCounts counts,
    @JsonProperty("stage_seconds") Map<String, Double> stageSeconds,
    Machine machine) {
  public Manifest {
    settings = new TreeMap<>(settings);
    versions = new TreeMap<>(versions);
  }

  /**
   * Which model, exactly.
   *
   * @param name as in its card
   * @param fingerprint of everything that results depend on, 64 hex digits
   * @param card the whole card
   */
  public record ModelIdentity(String name, String fingerprint, Object card) {}

  /**
   * The driver's machine, and what ran the tasks.
   *
   * @param os name and architecture
   * @param cores of the driver
   * @param master Spark's master
   * @param parallelism tasks at the same time
   */
  public record Machine(String os, int cores, String master, int parallelism) {}
}

package dev.lakelens.pipeline;

import dev.lakelens.runs.CommittedRows;
import dev.lakelens.runs.Manifest;
import org.apache.hadoop.fs.Path;

/**
 * A run that was committed.
 *
 * @param directory of its files
 * @param manifest as it was written
 * @param rows of the run
 */
public record RunResult(Path directory, Manifest manifest, CommittedRows rows) {}

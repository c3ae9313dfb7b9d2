package dev.lakelens.pipeline;

import dev.lakelens.runs.Manifest;
import dev.lakelens.write.WrittenLabels;
import org.apache.hadoop.fs.Path;

/**
 * A run that was committed.
 *
 * @param directory of its files
 * @param manifest as it was written
 * @param labels of the run
 */
public record RunResult(Path directory, Manifest manifest, WrittenLabels labels) {}

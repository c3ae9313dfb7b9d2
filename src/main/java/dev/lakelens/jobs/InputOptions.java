package dev.lakelens.jobs;

import java.util.List;
import picocli.CommandLine.Parameters;

/** The images that a job reads. */
final class InputOptions {
  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description = "Directories, files or quoted globs, on any Hadoop file system; recursive.")
  private List<String> inputs;

  List<String> all() {
    return inputs;
  }
}

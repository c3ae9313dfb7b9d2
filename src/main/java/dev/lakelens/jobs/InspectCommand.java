package dev.lakelens.jobs;

import dev.lakelens.checkpoint.Checkpoint;
import dev.lakelens.checkpoint.Checkpoints;
import dev.lakelens.checkpoint.Family;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jobs/model inspect}: what is in a file, and whether it is usable. */
@Command(
    name = "inspect",
    description = "Says what a model file holds, by what evidence, and what a user should know.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description = "safetensors, PyTorch .pth or .bin, Keras .h5 or .keras.")
  private Path file;

  @Option(
      names = "--family",
      paramLabel = "FAMILY",
      converter = ModelOptions.FamilyConverter.class,
      description = "Who made it, where its tensors cannot tell.")
  private Family family;

  @Override
  public Integer call() {
    Checkpoint checkpoint = Checkpoints.read(file, Optional.ofNullable(family));
    System.out.print(checkpoint.description());
    System.out.printf("  %,d tensors%n", checkpoint.tensors().byName().size());
    return ExitCode.DONE;
  }
}

package dev.lakelens.jobs;

import dev.lakelens.diagnose.Agreement;
import dev.lakelens.model.Counted;
import dev.lakelens.model.Model;
import dev.lakelens.network.Tensors;
import dev.lakelens.weights.WeightFiles;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jobs/model verify}: a model against another program's outputs. */
@Command(
    name = "verify",
    description = {
      "Runs a model on reference inputs and compares its outputs with the reference's.",
      "The reference is a safetensors file: input [n, 3, size, size], normalised, and logits",
      "[n, classes], embedding [n, features], or both."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "Name, card or checkpoint, as --model takes it.")
  private String model;

  @Parameters(index = "1", paramLabel = "REFERENCE", description = "The safetensors file.")
  private Path reference;

  @Option(
      names = "--tolerance",
      paramLabel = "D",
      defaultValue = "1e-3",
      description = "Largest difference allowed (default: ${DEFAULT-VALUE}).")
  private double tolerance;

  @Mixin private ModelOptions options;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    if (tolerance < 0) {
      throw new ParameterException(
          command.commandLine(), "--tolerance must not be negative, and is " + tolerance);
    }
    Model found = options.find(model);
    Agreement agreement = Agreement.of(found, tensors(), reference.toString());
    System.out.println(Counted.of(agreement.images(), "image"));
    agreement
        .differences()
        .forEach(
            (output, difference) ->
                System.out.printf(Locale.ROOT, "%-10s max difference %.3g%n", output, difference));
    if (agreement.differences().containsKey("logits")) {
      System.out.printf("top-1      %d of %d the same%n", agreement.sameTop(), agreement.images());
    }
    boolean within = agreement.largest() <= tolerance;
    System.out.printf("%s a tolerance of %s%n", within ? "within" : "NOT within", tolerance);
    return within ? ExitCode.DONE : ExitCode.FAILED;
  }

  private Tensors tensors() {
    return new Tensors(WeightFiles.read(reference).tensors());
  }
}

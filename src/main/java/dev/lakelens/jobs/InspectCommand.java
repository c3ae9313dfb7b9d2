package dev.lakelens.jobs;

import dev.lakelens.checkpoint.Checkpoint;
import dev.lakelens.checkpoint.Checkpoints;
import dev.lakelens.checkpoint.Family;
import dev.lakelens.onnx.OnnxInspection;
import dev.lakelens.onnx.OnnxModels;
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
      description = "safetensors, PyTorch .pth or .bin, Keras .h5 or .keras, or .onnx.")
  private Path file;

  @Option(
      names = "--family",
      paramLabel = "FAMILY",
      converter = ModelOptions.FamilyConverter.class,
      description = "Who made it, where its tensors cannot tell.")
  private Family family;

  @Option(
      names = "--external-data",
      description = "Let an ONNX file have tensors in other files of its folder.")
  private boolean externalData;

  @Override
  public Integer call() {
    if (OnnxModels.isOnnx(file)) {
      print(OnnxModels.inspect(file, externalData));
    } else {
      Checkpoint checkpoint = Checkpoints.read(file, Optional.ofNullable(family));
      System.out.print(checkpoint.description());
      System.out.printf("  %,d tensors%n", checkpoint.tensors().byName().size());
    }
    return ExitCode.DONE;
  }

  private void print(OnnxInspection found) {
    String producer = found.producer().isEmpty() ? "an unknown program" : found.producer();
    System.out.printf("%s: ONNX, opset %d, by %s%n", file, found.opset(), producer);
    System.out.printf(
        "  input %s: %s, %s, batch %s, size %s%n",
        found.input(),
        found.element(),
        found.layout(),
        anyOr(found.batch()),
        anyOr(found.inputSize()));
    System.out.printf(
        "  output %s: %d classes, embedding of %d, %s%n",
        found.output(), found.classes(), found.embeddingSize(), found.precision().text());
    if (!found.inGraph().isEmpty()) {
      System.out.printf(
          "  note: the graph itself prepares pixels: %s; a card must leave that out%n",
          String.join(", ", found.inGraph()));
    }
    System.out.printf("  sha256 %s%n", found.digest());
  }

  private static String anyOr(int fixed) {
    return fixed == 0 ? "any" : String.valueOf(fixed);
  }
}

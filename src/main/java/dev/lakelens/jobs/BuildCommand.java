package dev.lakelens.jobs;

import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.models.Cards;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jobs/model build}: a stand-alone ONNX file with its card. */
@Command(
    name = "build",
    description = {
      "Builds a stand-alone ONNX file: input [N, 3, size, size], outputs logits and embedding.",
      "Beside it are its card and its labels."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class BuildCommand implements Callable<Integer> {
  private static final String ONNX = "model.onnx";

  @Parameters(paramLabel = "MODEL", description = "Name, card or checkpoint, as --model takes it.")
  private String model;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description =
          "Directory that gets model.onnx, card.json and labels.txt; made where it is not.")
  private Path output;

  @Mixin private ModelOptions options;

  @Override
  public Integer call() {
    ModelFolder folder = new ModelFolder(output, ONNX);
    folder.requireNew();
    Model built = options.find(model);
    ModelCard card = Cards.ofBuilt(built.card(), ONNX);
    System.out.println(folder.write(card, built.labels(), built.onnx()));
    return ExitCode.DONE;
  }
}

package dev.lakelens.jobs;

import dev.lakelens.models.ModelInspection;
import dev.lakelens.models.ModelSettings;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code jobs/model inspect}: what a model is, and whether it is usable. */
@Command(
    name = "inspect",
    description = {
      "Says what a model file holds, by what evidence, and what a user should know.",
      "Exits with 2 where it is not usable."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      description = {
        "As --model takes it: a name, a card or its directory, a checkpoint",
        "(safetensors, PyTorch .pth or .bin, Keras .h5 or .keras), or an ONNX file."
      })
  private String model;

  @Mixin private FileOptions file;

  @Mixin private ShelfOptions shelf;

  @Override
  public Integer call() {
    ModelSettings settings =
        new ModelSettings(file.family(), Optional.empty(), Optional.empty(), file.externalData());
    ModelInspection inspection = shelf.search(finder -> finder.inspect(model, settings));
    System.out.print(new InspectionText(inspection));
    boolean usable = inspection.checkpoint().map(found -> found.notFinite().isEmpty()).orElse(true);
    return usable ? ExitCode.DONE : ExitCode.USAGE;
  }
}

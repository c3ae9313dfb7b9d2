package dev.lakelens.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakelens.image.SetupException;
import dev.lakelens.model.CardJson;
import dev.lakelens.model.Model;
import dev.lakelens.models.CardDraft;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    Model built = options.finder().find(model, options.settings());
    try {
      Files.createDirectories(output);
      write(output.resolve(ONNX), built.onnx());
      write(
          output.resolve("card.json"),
          CardJson.write(CardDraft.ofBuilt(built.card(), ONNX)).getBytes(UTF_8));
      if (built.classes() > 0) {
        String labels = String.join("\n", built.labels().names()) + "\n";
        write(output.resolve(CardDraft.LABELS), labels.getBytes(UTF_8));
      }
    } catch (FileAlreadyExistsException e) {
      throw new SetupException(
          "%s is there already. Remove it, or give another --output.".formatted(e.getFile()), e);
    } catch (IOException e) {
      throw new SetupException(
          "The model cannot be written to %s: %s. Give another --output.".formatted(output, e), e);
    }
    System.out.println(output.resolve(ONNX));
    return ExitCode.DONE;
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
  }
}

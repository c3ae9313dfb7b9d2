package dev.lakelens.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakelens.image.SetupException;
import dev.lakelens.model.CardJson;
import dev.lakelens.model.FileFault;
import dev.lakelens.model.Model;
import dev.lakelens.models.CardDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
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
  private static final String CARD = "card.json";

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
    requireNew();
    Model built = options.find(model);
    try {
      Files.createDirectories(output);
      write(ONNX, built.onnx());
      write(CARD, CardJson.write(CardDraft.ofBuilt(built.card(), ONNX)).getBytes(UTF_8));
      if (built.classes() > 0) {
        String labels = String.join("\n", built.labels().names()) + "\n";
        write(CardDraft.LABELS, labels.getBytes(UTF_8));
      }
    } catch (IOException e) {
      throw new SetupException(
          "The model cannot be written to %s: %s. Give another --output."
              .formatted(output, FileFault.of(e)),
          e);
    }
    System.out.println(output.resolve(ONNX));
    return ExitCode.DONE;
  }

  /** Before the model is built, which takes a while. */
  private void requireNew() {
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw new SetupException("--output %s is a file. Give a directory.".formatted(output));
    }
    for (String name : List.of(ONNX, CARD, CardDraft.LABELS)) {
      if (Files.exists(output.resolve(name))) {
        throw new SetupException(
            "%s is there already. Remove it, or give another --output."
                .formatted(output.resolve(name)));
      }
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(output.resolve(name), bytes, StandardOpenOption.CREATE_NEW);
  }
}

package dev.lakelens.jobs;

import dev.lakelens.checkpoint.Checkpoint;
import dev.lakelens.checkpoint.Checkpoints;
import dev.lakelens.model.CardJson;
import dev.lakelens.model.Head;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.models.Cards;
import dev.lakelens.onnx.OnnxInspection;
import dev.lakelens.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jobs/model card}: the card of a checkpoint that has none. */
@Command(
    name = "card",
    description = {
      "Prints the card of a checkpoint: what the file tells, and what the options say.",
      "Save it beside the file, labels.txt with it, and give it as --model."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {
      "  jobs/model card photo_or_drawing.pth --input-size 224 --resize squash \\",
      "    --interpolation bilinear --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225 > card.json",
    })
final class CardCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The checkpoint, or an ONNX file.")
  private Path file;

  @Mixin private FileOptions options;

  @Option(
      names = "--head",
      paramLabel = "HEAD",
      description = "softmax, sigmoid or none (default: softmax, and sigmoid of one output).")
  private Head head;

  @Mixin private PreprocessingOptions said;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    if (file.toString().endsWith(".json")) {
      throw wrong("%s is a card, or none; give the file of weights".formatted(file));
    }
    ModelCard card = OnnxModel.isOnnx(file) ? ofOnnx() : ofCheckpoint();
    System.out.print(CardJson.write(card));
    return ExitCode.DONE;
  }

  private ModelCard ofOnnx() {
    if (options.family().isPresent()) {
      throw wrong(
          "%s is an ONNX file, whose graph has its own padding: leave out --family"
              .formatted(file));
    }
    OnnxModel onnx = OnnxModel.read(file, options.externalData());
    OnnxInspection found = onnx.inspection();
    found.notes().forEach(CardCommand::note);
    said.assumeInputSize(found.inputSize());
    Head chosen = head == Head.NONE ? head : head(found.usualHead(), found.classes());
    ModelCard card = Cards.ofOnnx(file, found, preprocessing(), chosen);
    onnx.requireAgreement(card);
    return card;
  }

  private ModelCard ofCheckpoint() {
    if (options.externalData()) {
      throw wrong("%s is no ONNX file: leave out --external-data".formatted(file));
    }
    Checkpoint checkpoint = read().requireFinite();
    if (!said.given()) {
      checkpoint.preparation().forEach(CardCommand::note);
    }
    checkpoint.notes().forEach(CardCommand::note);
    Preprocessing preprocessing =
        said.given() ? preprocessing() : checkpoint.preprocessing().orElseGet(this::preprocessing);
    int classes = checkpoint.classes();
    return Cards.of(file, checkpoint, preprocessing, head(Head.usual(classes), classes));
  }

  private Checkpoint read() {
    return options
        .family()
        .map(family -> Checkpoints.read(file, family))
        .orElseGet(() -> Checkpoints.read(file));
  }

  private static void note(String sentence) {
    System.err.println("note: " + sentence);
  }

  private Head head(Head usual, int classes) {
    Head chosen = head == null ? usual : head;
    chosen
        .fault(classes)
        .ifPresent(
            fault -> {
              throw wrong("--" + fault);
            });
    return chosen;
  }

  private Preprocessing preprocessing() {
    if (!said.missing().isEmpty()) {
      throw wrong(
          "nothing says how images are prepared for %s: give %s"
              .formatted(file, String.join(", ", said.missing())));
    }
    try {
      return said.preprocessing();
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(command.commandLine(), sentence);
  }
}

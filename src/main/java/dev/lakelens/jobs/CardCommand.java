package dev.lakelens.jobs;

import dev.lakelens.checkpoint.Checkpoint;
import dev.lakelens.checkpoint.Checkpoints;
import dev.lakelens.checkpoint.Family;
import dev.lakelens.model.CardJson;
import dev.lakelens.model.Head;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import dev.lakelens.models.CardDraft;
import dev.lakelens.onnx.OnnxModels;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--family",
      paramLabel = "FAMILY",
      converter = ModelOptions.FamilyConverter.class,
      description = "Who made it, where its tensors cannot tell.")
  private Family family;

  @Option(names = "--head", paramLabel = "HEAD", description = "softmax, sigmoid or none.")
  private Head head;

  @Option(names = "--input-size", paramLabel = "N", description = "Side of the input in pixels.")
  private Integer inputSize;

  @Option(
      names = "--resize",
      paramLabel = "HOW",
      description = "shorter_side, then a centre crop, or squash: both sides.")
  private Resize resize;

  @Option(
      names = "--resize-to",
      paramLabel = "N",
      description = "Pixels that the resize aims at (default: the input size).")
  private Integer resizeTo;

  @Option(
      names = "--interpolation",
      paramLabel = "FILTER",
      description = "nearest, bilinear or bicubic.")
  private Interpolation interpolation;

  @Option(
      names = "--range",
      paramLabel = "RANGE",
      description = "unit, values divided by 255, or byte (default: unit).")
  private Range range;

  @Option(names = "--mean", split = ",", paramLabel = "R,G,B", description = "In that range.")
  private List<Double> mean;

  @Option(names = "--std", split = ",", paramLabel = "R,G,B", description = "In that range.")
  private List<Double> std;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    if (OnnxModels.isOnnx(file)) {
      Head said = head == null ? Head.SOFTMAX : head;
      System.out.print(CardJson.write(CardDraft.ofOnnx(file, preprocessing(), said)));
      return ExitCode.DONE;
    }
    Checkpoint checkpoint = Checkpoints.read(file, Optional.ofNullable(family));
    if (!said()) {
      checkpoint.preparation().forEach(CardCommand::note);
    }
    checkpoint.notes().forEach(CardCommand::note);
    Head said = head(checkpoint.classes());
    Preprocessing preprocessing =
        said() ? preprocessing() : checkpoint.preprocessing().orElseGet(this::preprocessing);
    System.out.print(CardJson.write(CardDraft.of(file, checkpoint, preprocessing, said)));
    return ExitCode.DONE;
  }

  private Head head(int classes) {
    if (head != null && (head == Head.NONE) != (classes == 0)) {
      throw wrong(
          "--head says %s, and %s has %d classes"
              .formatted(head.name().toLowerCase(Locale.ROOT), file, classes));
    }
    return head == null ? Head.usual(classes) : head;
  }

  private static void note(String sentence) {
    System.err.println("note: " + sentence);
  }

  private boolean said() {
    return inputSize != null
        || resize != null
        || resizeTo != null
        || interpolation != null
        || range != null
        || mean != null
        || std != null;
  }

  private Preprocessing preprocessing() {
    if (inputSize == null
        || resize == null
        || interpolation == null
        || mean == null
        || std == null) {
      throw wrong(
          "how images are prepared is not whole: give --input-size, --resize, --interpolation,"
              + " --mean and --std");
    }
    try {
      return new Preprocessing(
          inputSize,
          resize,
          resizeTo == null ? inputSize : resizeTo,
          interpolation,
          range == null ? Range.UNIT : range,
          mean,
          std);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(command.commandLine(), sentence);
  }
}

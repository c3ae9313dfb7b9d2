package dev.lakelens.jobs;

import dev.lakelens.image.SetupException;
import dev.lakelens.model.Counted;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.models.Cards;
import dev.lakelens.network.EfficientNet;
import dev.lakelens.network.TrainedNetwork;
import dev.lakelens.pipeline.Progress;
import dev.lakelens.quantize.Fidelity;
import dev.lakelens.quantize.Photos;
import dev.lakelens.quantize.Quantization;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jobs/model quantize}: an int8 model, and how well it stands for the original. */
@Command(
    name = "quantize",
    description = {
      "Makes an int8 model of a network, calibrated on photos, and compares the two on others.",
      "It is a stand-alone ONNX file, with its card and its labels beside it."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  jobs/model quantize efficientnet-lite0 --calibrate photos",
      "  jobs/model quantize card.json --calibrate photos --evaluate others --output int8",
      "  jobs/label lake --output labels --model efficientnet-lite0-int8/card.json",
      "",
      "Exit codes: 0 done; 1 failed, or below a floor; 2 wrong usage or set-up.",
    })
final class QuantizeCommand implements Callable<Integer> {
  private static final int FEW_PHOTOS = 100;

  /** Of the calibration photos, one in so many is left out to compare on. */
  private static final int HELD_OUT = 5;

  @Parameters(paramLabel = "MODEL", description = "Name, card or checkpoint, as --model takes it.")
  private String model;

  @Option(
      names = "--calibrate",
      required = true,
      paramLabel = "DIR",
      description = {
        "Photos such as the model will see, about 200; fewer than 100 leave",
        "single images badly off."
      })
  private Path calibrate;

  @Option(
      names = "--evaluate",
      paramLabel = "DIR",
      description = {
        "Other photos, to compare on (default: every fifth of --calibrate,",
        "which is then not calibrated on)."
      })
  private Path evaluate; // null for a part of the others

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = {
        "Directory that gets NAME-int8.onnx, card.json and labels.txt; made",
        "where it is not (default: NAME-int8)."
      })
  private Path output; // null for the default

  @Option(
      names = "--floor-agreement",
      paramLabel = "P%",
      defaultValue = "95%",
      converter = Share.Converter.class,
      description = "Least share of photos with the same top class (default: ${DEFAULT-VALUE}).")
  private Share floorAgreement;

  @Option(
      names = "--floor-cosine",
      paramLabel = "C",
      defaultValue = "0.99",
      description = "Least mean cosine of the two embeddings (default: ${DEFAULT-VALUE}).")
  private double floorCosine;

  @Option(names = "--force", description = "Write the model below a floor too.")
  private boolean force;

  @Mixin private ModelOptions options;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    requireFloor();
    Photos photos = Photos.below(calibrate);
    Photos others = evaluate == null ? photos.every(HELD_OUT) : Photos.below(evaluate);
    Photos used = evaluate == null ? photos.withoutEvery(HELD_OUT) : photos;
    requireOthers(others);
    TrainedNetwork trained = options.findTrained(model);
    String name = trained.card().name() + "-int8";
    String file = name.replaceAll("[/\\\\]", "_"); // of models that are named as a hub names them
    ModelFolder folder = new ModelFolder(output == null ? Path.of(file) : output, file + ".onnx");
    folder.requireNew();

    Quantization.Quantized quantized =
        step("calibrating", used, each -> Quantization.quantize(trained, used, each));
    if (quantized.photos() < FEW_PHOTOS) {
      System.err.printf(
          "warning: %s to calibrate on; with fewer than %d, single images can be badly off%n",
          Counted.of(quantized.photos(), "photo"), FEW_PHOTOS);
    }
    Model int8 = quantized.model();
    Fidelity fidelity =
        step(
            "comparing",
            others,
            each -> Fidelity.of(EfficientNet.build(trained), int8, others, each));
    FidelityText text = new FidelityText(trained.card(), quantized, fidelity);
    System.out.print(text.report());

    Optional<String> below = belowFloor(fidelity);
    if (below.isPresent() && !force) {
      System.err.printf("%s, so nothing is written; --force writes it%n", below.get());
      return ExitCode.FAILED;
    }
    below.ifPresent(fault -> System.err.printf("warning: %s%n", fault));
    ModelCard card = Cards.ofInt8(trained.card(), name, folder.onnx(), text.measured());
    System.out.println(folder.write(card, trained.labels(), int8.onnx()));
    return ExitCode.DONE;
  }

  private void requireFloor() {
    if (!(floorCosine >= -1 && floorCosine <= 1)) {
      throw new ParameterException(
          command.commandLine(), "--floor-cosine must be -1 to 1, and is " + floorCosine);
    }
  }

  /** Photos that the model was calibrated on say little of others. */
  private void requireOthers(Photos others) {
    if (others.size() < 2) {
      throw new SetupException(
          "%s to compare on, and at least 2 are needed. Give more photos, or others as --evaluate."
              .formatted(Counted.of(others.size(), "photo")));
    }
    if (evaluate != null
        && evaluate.toAbsolutePath().normalize().equals(calibrate.toAbsolutePath().normalize())) {
      throw new SetupException(
          "--evaluate is the directory of --calibrate. Give other photos, or leave it out.");
    }
  }

  private Optional<String> belowFloor(Fidelity fidelity) {
    if (fidelity.agreement() < floorAgreement.value()) {
      return Optional.of(
          "the agreement %s is below --floor-agreement %s"
              .formatted(new Share(fidelity.agreement()), floorAgreement));
    }
    if (!(fidelity.cosine() >= floorCosine)) {
      return Optional.of(
          "the cosine %.4f is below --floor-cosine %s".formatted(fidelity.cosine(), floorCosine));
    }
    return Optional.empty();
  }

  /** Does something with each photo, and tells how far it is. */
  private static <T> T step(String what, Photos photos, Function<Runnable, T> work) {
    System.err.printf("%s on %s%n", what, Counted.of(photos.size(), "photo"));
    ProgressLine line = new ProgressLine(System.err);
    long start = System.nanoTime();
    int[] done = {0};
    try {
      return work.apply(
          () ->
              line.accept(
                  new Progress(++done[0], photos.size(), (System.nanoTime() - start) / 1e9)));
    } finally {
      line.end();
    }
  }
}
